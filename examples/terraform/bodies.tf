# What is sent is what Mako answers, member by member, so that a plan without changes finds no difference.
locals {
  parts = { for id, _ in var.vips : id => regex("^([^_]+)(?:_([0-9]+))?-([0-9]+)-(tcp|udp)$", id) }

  vips = { for id, vip in var.vips : id => merge(
    {
      id           = id
      address      = local.parts[id][0]
      port         = tonumber(local.parts[id][2])
      protocol     = local.parts[id][3]
      flags        = sort(vip.flags)
      hashFunction = vip.hashFunction
      onEmpty      = vip.onEmpty
      labels       = vip.labels
    },
    local.parts[id][1] == null ? {} : { prefixLength = tonumber(local.parts[id][1]) },
    vip.description == "" ? {} : { description = vip.description },
  ) }

  reals = { for id, vip in var.vips : id => {
    items = [for place, address in { for address, _ in vip.reals : local.places[address] => address } : {
      id         = address
      address    = address
      weight     = vip.reals[address].weight
      adminState = vip.reals[address].adminState
    }]
  } }

  # Mako answers reals in the order of their addresses as numbers, IPv4 first; Terraform's maps are in the order of texts.
  # So each address gets a text that sorts like its number: groups of equal length, those that "::" stands for filled in.
  addresses = toset(flatten([for vip in values(var.vips) : keys(vip.reals)]))
  groups = { for address in local.addresses : address => [
    for half in split("::", address) : compact(split(":", half))
  ] if strcontains(address, ":") }
  places = { for address in local.addresses : address => strcontains(address, ":") ? join(":", concat(
    ["6"],
    formatlist("%05d", [for group in local.groups[address][0] : parseint(group, 16)]),
    [for gap in range(8 - length(flatten(local.groups[address]))) : "00000"],
    formatlist("%05d", [for group in try(local.groups[address][1], []) : parseint(group, 16)]),
  )) : join(".", concat(["4"], formatlist("%03d", [for part in split(".", address) : tonumber(part)]))) }
}
