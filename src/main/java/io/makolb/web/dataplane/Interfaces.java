package io.makolb.web.dataplane;

import io.makolb.balancer.Snapshot;
import io.makolb.model.InterfaceSettings;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.plane.PlaneFacts;
import java.util.List;

/** The interfaces that the plane serves. They are fixed when the process starts. */
final class Interfaces {

    private Interfaces() {}

    static List<InterfaceBody> all(Snapshot snapshot, PlaneFacts facts, boolean withStatus) {
        return facts.attachments().stream()
                .map(attachment -> body(snapshot, attachment, withStatus))
                .toList();
    }

    static InterfaceBody one(Snapshot snapshot, PlaneFacts facts, String name, boolean withStatus) {
        return body(snapshot, require(facts, name), withStatus);
    }

    static PlaneFacts.Attachment require(PlaneFacts facts, String name) {
        return facts.attachments().stream()
                .filter(attachment -> attachment.interfaceName().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        Reason.NOT_FOUND,
                        "Mako does not serve an interface '" + name + "'.",
                        "It serves " + String.join(", ", names(facts)) + "; mako.dataplane.interfaces adds others."));
    }

    /** The only interface. */
    static String single(PlaneFacts facts) {
        List<String> names = names(facts);
        if (names.size() != 1) {
            throw new Refusal(
                    Reason.SEVERAL_INTERFACES,
                    "There are " + names.size() + " interfaces: " + String.join(", ", names) + ".",
                    "Use /api/v1/dataplane/interfaces/{name}.");
        }
        return names.get(0);
    }

    static InterfaceSettings settings(Snapshot snapshot, String name) {
        return snapshot.configuration().interfaces().getOrDefault(name, InterfaceSettings.DEFAULT);
    }

    private static InterfaceBody body(Snapshot snapshot, PlaneFacts.Attachment attachment, boolean withStatus) {
        String name = attachment.interfaceName();
        return InterfaceBody.of(
                name, settings(snapshot, name), withStatus ? InterfaceStatusBody.of(snapshot, attachment) : null);
    }

    private static List<String> names(PlaneFacts facts) {
        return facts.attachments().stream()
                .map(PlaneFacts.Attachment::interfaceName)
                .toList();
    }
}
