terraform {
  required_version = ">= 1.5"
  required_providers {
    restapi = {
      source  = "Mastercard/restapi"
      version = "3.0.0-rc2"
    }
  }
}

provider "restapi" {
  uri           = var.api
  id_attribute  = "id"
  create_method = "PUT"
  # Mako answers every PUT with the whole resource: no need to read it again.
  write_returns_object = true
  headers              = { "X-Change-Message" = "terraform" }
}

resource "restapi_object" "vip" {
  for_each    = local.vips
  path        = "/vips"
  create_path = "/vips/{id}"
  data        = jsonencode(each.value)
  # A newer Mako may answer more members than are sent here.
  ignore_server_additions = true
}

# All reals of a VIP are one object: one change of it builds one ring. It is emptied where others are deleted.
resource "restapi_object" "reals" {
  for_each       = local.reals
  path           = "/vips/${restapi_object.vip[each.key].id}"
  object_id      = "reals"
  create_path    = "/vips/${each.key}/reals"
  data           = jsonencode(each.value)
  destroy_method = "PUT"
  destroy_data   = "{\"items\": []}"

  ignore_server_additions = true
}
