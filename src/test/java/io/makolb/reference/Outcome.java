package io.makolb.reference;

import java.util.Optional;

/**
 * What became of a frame.
 *
 * @param verdict the verdict
 * @param frame its bytes afterwards; as they came unless the verdict is TX
 * @param real where it was sent; this machine itself if it passes
 * @param reason in words, for the message of a failing comparison
 */
public record Outcome(Verdict verdict, byte[] frame, Optional<Ip> real, String reason) {

    static Outcome pass(byte[] frame, String reason) {
        return new Outcome(Verdict.PASS, frame, Optional.empty(), reason);
    }

    /** Left to this machine, which is the real. */
    static Outcome deliverHere(byte[] frame, Ip real, String reason) {
        return new Outcome(Verdict.PASS, frame, Optional.of(real), reason);
    }

    static Outcome drop(byte[] frame, String reason) {
        return new Outcome(Verdict.DROP, frame, Optional.empty(), reason);
    }

    static Outcome reply(byte[] frame, String reason) {
        return new Outcome(Verdict.TX, frame, Optional.empty(), reason);
    }

    static Outcome forward(byte[] frame, Ip real, String reason) {
        return new Outcome(Verdict.TX, frame, Optional.of(real), reason);
    }
}
