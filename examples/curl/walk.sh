#!/bin/bash
# A walk through the API with curl and jq. It uses two VIPs of its own and removes them at the end.
#
#     API=http://127.0.0.1:8080/api/v1 examples/curl/walk.sh
set -euo pipefail

API=${API:-http://127.0.0.1:8080/api/v1}
VIP=10.200.9.1-80-tcp
OTHER=fc00:9::1-443-udp
CONFIG=$(mktemp)
trap 'rm -f "$CONFIG"' EXIT

say() { printf '\n# %s\n' "$*"; }

# put, patch, post, get, delete PATH [BODY] [CURL-ARGUMENT...]: prints the request, the answer, and of its headers what matters.
put() { request PUT application/json "$@"; }
patch() { request PATCH application/merge-patch+json "$@"; }
post() { request POST application/json "$@"; }
get() { request GET - "$1" "" "${@:2}"; }
delete() { request DELETE - "$1" "" "${@:2}"; }
request() {
	local method=$1 type=$2 path=$3 body=${4:-} more=("${@:5}") sent=()
	if [[ -n $body ]]; then sent=(-H "Content-Type: $type" --data "$body"); fi
	echo "$method $path${body:+ $body}"
	curl -sS -X "$method" "$API$path" "${sent[@]}" "${more[@]}" \
		-w '\n   -> %{http_code}  Mako-Changed: %header{mako-changed}  ETag: %header{etag}\n'
}

# read_json PATH FILTER: a part of what GET answers.
read_json() { curl -sS --fail-with-body "$API$1" | jq --compact-output --raw-output "$2"; }

# tag PATH: the entity tag of a resource.
tag() { curl -sS --fail-with-body -o /dev/null -w '%header{etag}' "$API$1"; }

say "A VIP. The URL is its identity; everything else has a default."
put /vips/$VIP '{"description": "walk", "labels": {"env": "demo"}}'

say "The same again changes nothing, so it can be sent as often as one likes."
put /vips/$VIP '{"description": "walk", "labels": {"env": "demo"}}'

say "Its reals, all of them in one step. One ring is built."
put /vips/$VIP/reals '{"items": [{"address": "10.0.0.1", "weight": 10}, {"address": "10.0.0.2", "weight": 10}]}'

say "What would a third real do? A dry run tells which share of new connections would go elsewhere."
curl -sS --fail-with-body -X POST "$API/vips/$VIP/reals/edits?dryRun=true" -H 'Content-Type: application/json' \
	-d '{"upsert": {"10.0.0.3": {"weight": 20}}}' |
	jq --raw-output '(.changes[] | "\(.kind) \(.resource)"), (.effect.vips[] | "\(.moved * 100 / .slots | round) % move")'

say "Do it."
post /vips/$VIP/reals/edits '{"upsert": {"10.0.0.3": {"weight": 20}}}'

say "Change a weight."
patch /vips/$VIP/reals/10.0.0.2 '{"weight": 30}'
read_json /vips/$VIP/ring '.shares[] | "\(.address) \(.percent | round) %"'

say "Whoever has read an older state is refused ..."
seen=$(tag /vips/$VIP/reals/10.0.0.2)
put /vips/$VIP/reals/10.0.0.2 '{"weight": 20}' >/dev/null
put /vips/$VIP/reals/10.0.0.2 '{"weight": 5}' -H "If-Match: $seen"

say "... and reads again before writing."
put /vips/$VIP/reals/10.0.0.2 '{"weight": 5}' -H "If-Match: $(tag /vips/$VIP/reals/10.0.0.2)"

say "Create, but never replace."
put /vips/$VIP '{}' -H 'If-None-Match: *'

say "Drain a real: weight 0, or DISABLED, which keeps the weight for later. Connections that exist stay in both cases."
patch /vips/$VIP/reals/10.0.0.1 '{"weight": 0}'
patch /vips/$VIP/reals/10.0.0.3 '{"adminState": "DISABLED"}'
read_json /vips/$VIP/ring '.shares[] | "\(.address) \(.percent | round) %"'
patch /vips/$VIP/reals/10.0.0.3 '{"adminState": null}'

say "A mistake: nothing is changed, and the answer says why and what to do."
put /vips/$VIP/reals/10.0.0.1 '{"weight": 1.5}'

say "Configuration and state are kept apart."
read_json /vips/$VIP/status '{state, serving, activeReals}'
read_json /vips/$VIP/stats '.packets | keys'

say "The whole configuration: read it, edit it, try it, put it back if nobody came between."
whole=$(tag /config)
read_json /config . >"$CONFIG"
edited=$(jq --compact-output --arg vip $OTHER \
	'.vips[$vip] = {"flags": ["NO_LRU"], "reals": {"fc00:9::10": {}, "fc00:9::11": {"weight": 2}}}' "$CONFIG")
curl -sS --fail-with-body -X PUT "$API/config?dryRun=true" -H 'Content-Type: application/json' -d "$edited" |
	jq --raw-output '.changes[] | "\(.kind) \(.resource)"'
put /config "$edited" -H "If-Match: $whole" -H 'X-Change-Message: walk' | tail -n 1
read_json /config ".vips.\"$OTHER\""

say "What was read can be put back: nothing changes."
put /config "$(read_json /config .)" | tail -n 1

say "Leave as we came."
delete /vips/$OTHER
delete /vips/$VIP
get /vips/$VIP
