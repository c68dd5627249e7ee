package io.makolb.web.strict;

import io.makolb.model.Address;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.Violation;
import io.makolb.model.VipId;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Members of a body that name a resource: the one that the URL names, or another one. */
public final class KeyMember {

    private KeyMember() {}

    /**
     * A member that says again what the URL says; it may be left out.
     *
     * @throws Refusal {@link Reason#KEY_MISMATCH}
     */
    public static void requireSame(String member, @Nullable Object inBody, Object inUrl) {
        if (inBody == null || inBody.equals(inUrl)) {
            return;
        }
        String message = "The body has " + member + " " + inBody + ", the URL " + inUrl + ".";
        throw new Refusal(
                Reason.KEY_MISMATCH,
                message,
                "Leave '" + member + "' out of the body, or correct one of the two.",
                List.of(new Violation("/" + member, "key-mismatch", message)));
    }

    /**
     * The same for the member {@code address}, in whatever spelling.
     *
     * @throws Refusal {@link Reason#KEY_MISMATCH}, or it is no address
     */
    public static void requireSameAddress(@Nullable String inBody, Address inUrl) {
        requireSame("address", inBody == null ? null : address("address", () -> Address.parse(inBody)), inUrl);
    }

    /**
     * The same for the address of a VIP, or the first one of its prefix.
     *
     * @throws Refusal {@link Reason#KEY_MISMATCH}, or it is no address
     */
    public static void requireSameAddress(@Nullable String inBody, VipId inUrl) {
        requireSame(
                "address",
                inBody == null ? null : address("address", () -> Address.parse(inBody, inUrl.prefixLength())),
                inUrl.address());
    }

    /**
     * The real that the member {@code real} names.
     *
     * @throws Refusal it names none, or what it names is no address
     */
    public static Address real(@Nullable String text) {
        if (text == null) {
            throw Refusal.invalid(
                    "/real", "required", "The member 'real' is missing.", "Name the address of the real.");
        }
        return address("real", () -> Address.parse(text));
    }

    /**
     * What is named a second time.
     *
     * @param noun what it is, such as "real"
     * @param first where it was named before
     */
    public static Refusal twice(String noun, Object key, String pointer, String first) {
        String message = "The " + noun + " " + key + " is named twice, first at " + first + ".";
        return new Refusal(
                Reason.DUPLICATE_MEMBER,
                message,
                "Name every " + noun + " once.",
                List.of(new Violation(pointer, "duplicate", message)));
    }

    private static Address address(String member, Supplier<Address> parse) {
        try {
            return parse.get();
        } catch (Refusal refusal) {
            throw refusal.under("/" + member);
        }
    }
}
