variable "api" {
  description = "Where Mako listens: on the balancer's loopback. From elsewhere: ssh -L 8080:127.0.0.1:8080 balancer"
  type        = string
  default     = "http://127.0.0.1:8080/api/v1"
}

variable "vips" {
  description = "VIPs by id (address-port-protocol), with their reals by address. What is left out has Mako's default."
  type = map(object({
    description  = optional(string, "")
    labels       = optional(map(string), {})
    flags        = optional(set(string), [])
    hashFunction = optional(string, "MAGLEV_V2")
    onEmpty      = optional(string, "DROP")
    reals = optional(map(object({
      weight     = optional(number, 1)
      adminState = optional(string, "ENABLED")
    })), {})
  }))
}
