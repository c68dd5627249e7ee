package io.makolb.web.dataplane;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.Snapshot;
import io.makolb.model.Change;
import io.makolb.model.InterfaceSettings;
import io.makolb.model.MacAddress;
import io.makolb.model.ResourceKey;
import io.makolb.plane.ForwardingPlane;
import io.makolb.plane.PlaneFacts;
import io.makolb.web.http.Answers;
import io.makolb.web.http.Inclusion;
import io.makolb.web.http.Refuses;
import io.makolb.web.http.Returns;
import io.makolb.web.http.Tagged;
import io.makolb.web.http.WriteCall;
import io.makolb.web.http.Writes;
import io.makolb.web.problem.ProblemName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Settings of interfaces, and the shorthand for the only one. */
@RestController
@RequestMapping(path = "/api/v1/dataplane", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Dataplane")
class InterfaceController {

    private final Balancer balancer;
    private final ForwardingPlane plane;
    private final Writes writes;

    InterfaceController(Balancer balancer, ForwardingPlane plane, Writes writes) {
        this.balancer = balancer;
        this.plane = plane;
        this.writes = writes;
    }

    @GetMapping("/interfaces")
    @Operation(summary = "List interfaces", description = "Those of mako.dataplane.interfaces, in their order.")
    ResponseEntity<InterfacesBody> listInterfaces(Inclusion include) {
        Snapshot snapshot = balancer.snapshot();
        return Answers.untagged(
                snapshot, new InterfacesBody(Interfaces.all(snapshot, plane.facts(), include.status())));
    }

    @GetMapping("/interfaces/{name}")
    @Operation(
            summary = "Get an interface",
            description = "What was set through the API; what is absent comes from the properties.")
    @Tagged
    ResponseEntity<InterfaceBody> getInterface(@PathVariable String name, Inclusion include) {
        Snapshot snapshot = balancer.snapshot();
        InterfaceBody body = Interfaces.one(snapshot, plane.facts(), name, include.status());
        return include.status()
                ? Answers.untagged(snapshot, body)
                : Answers.resource(snapshot, new ResourceKey.OfInterface(name), body);
    }

    @PutMapping(path = "/interfaces/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Set mode and gateway of an interface",
            description = "What is set here wins over the properties; an empty object returns to them.")
    @Returns(InterfaceBody.class)
    @Refuses(ProblemName.KEY_MISMATCH)
    ResponseEntity<Object> putInterface(@PathVariable String name, @RequestBody InterfaceBody body, WriteCall call) {
        PlaneFacts facts = plane.facts();
        Interfaces.require(facts, name);
        Change change = new Change.PutInterface(name, body.toSettings(name));
        return Answers.written(
                writes.submit(change, call),
                new ResourceKey.OfInterface(name),
                after -> InterfaceBody.of(name, Interfaces.settings(after, name), null));
    }

    @GetMapping("/gateway")
    @Operation(
            summary = "Get the gateway of the only interface",
            description = "A shorthand while there is one interface.")
    @Tagged
    @Refuses(ProblemName.SEVERAL_INTERFACES)
    ResponseEntity<GatewayBody> getGateway() {
        String name = Interfaces.single(plane.facts());
        Snapshot snapshot = balancer.snapshot();
        return Answers.resource(snapshot, new ResourceKey.OfInterface(name), gateway(snapshot, name));
    }

    @PutMapping(path = "/gateway", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Set the gateway of the only interface",
            description = "Its mode stays. Refused with several-interfaces when there are more.")
    @Returns(GatewayBody.class)
    @Refuses(ProblemName.SEVERAL_INTERFACES)
    ResponseEntity<Object> putGateway(@RequestBody GatewayBody body, WriteCall call) {
        String name = Interfaces.single(plane.facts());
        Optional<MacAddress> mac = body.toMac("");
        Change change = new Change.EditInterface(name, before -> new InterfaceSettings(before.mode(), mac));
        return Answers.written(
                writes.submit(change, call), new ResourceKey.OfInterface(name), after -> gateway(after, name));
    }

    private static GatewayBody gateway(Snapshot snapshot, String name) {
        return GatewayBody.of(Interfaces.settings(snapshot, name).gateway());
    }
}
