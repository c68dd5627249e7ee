package io.makolb.web.dataplane;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** Interfaces in JSON. */
@Schema(name = "Interfaces", description = "Interfaces, in the order of mako.dataplane.interfaces")
record InterfacesBody(
        @Schema(description = "The interfaces") List<InterfaceBody> items) {}
