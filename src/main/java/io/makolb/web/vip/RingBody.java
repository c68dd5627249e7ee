package io.makolb.web.vip;

import io.makolb.balancer.Snapshot;
import io.makolb.model.Address;
import io.makolb.model.HashFunction;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.VipId;
import io.makolb.plane.VipImage;
import io.makolb.ring.Ring;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ring of a VIP in JSON: which real gets which new flows. */
@Schema(name = "Ring", description = "Which real gets which new flows")
record RingBody(
        @Schema(description = "How it was generated") HashFunction hashFunction,

        @Schema(description = "Slots of the ring", example = "65537")
        int slots,

        @Schema(
                description =
                        "SHA-256 of the addresses of all slots, a line for each: equal exactly where decisions are"
                                + " equal, on whatever machine",
                example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String digest,

        @Schema(description = "What each real has of it, by address")
        List<Share> shares,

        @Schema(description = "The real of every slot; only with full=true") @Nullable List<String> ring) {

    /** What a real has of a ring. */
    @Schema(name = "RingShare", description = "What a real has of a ring")
    record Share(
            @Schema(description = "The real", example = "10.0.0.1")
            String address,

            @Schema(description = "The weight that counts; 0 = it gets no new flows", example = "10")
            int effectiveWeight,

            @Schema(description = "Slots that lead to it", example = "21844")
            int slots,

            @Schema(description = "Its share of the slots, in percent", example = "33.33")
            double percent) {}

    /**
     * The ring that packets obey.
     *
     * @throws Refusal not-found when there is none, or when it was kept after its reals had left
     */
    static RingBody of(Snapshot snapshot, VipId id, boolean full) {
        snapshot.configuration().require(id);
        VipImage vip = snapshot.image().vips().get(id);
        if (vip == null || vip.ringRecipe() == 0 || active(vip) == 0) {
            throw new Refusal(
                    Reason.NOT_FOUND,
                    "VIP " + id + " exists, but it has no real that new flows could be placed on, and so no ring.",
                    "Put a real with a weight into it.");
        }
        int size = snapshot.image().limits().ringSize();
        Map<Integer, Address> byIndex = new HashMap<>();
        vip.members().forEach((real, member) -> byIndex.put(member.index(), real));
        Ring ring = RingShares.ring(vip, size);
        Map<Integer, Integer> slots = ring.shares();
        List<Share> shares = new ArrayList<>();
        vip.members().forEach((real, member) -> {
            int own = slots.getOrDefault(member.index(), 0);
            shares.add(new Share(real.toString(), member.effectiveWeight(), own, Math.round(1e4 * own / size) / 1e2));
        });
        List<String> all = all(ring, byIndex);
        return new RingBody(vip.hashFunction(), size, digest(all), shares, full ? all : null);
    }

    private static long active(VipImage vip) {
        return vip.members().values().stream()
                .filter(member -> member.effectiveWeight() > 0)
                .count();
    }

    private static List<String> all(Ring ring, Map<Integer, Address> byIndex) {
        Map<Integer, String> names = new HashMap<>();
        byIndex.forEach((index, real) -> names.put(index, real.toString()));
        List<String> all = new ArrayList<>(ring.size());
        for (int slot = 0; slot < ring.size(); slot++) {
            all.add(names.getOrDefault(ring.real(slot), ""));
        }
        return all;
    }

    /** Of addresses, because every machine numbers its reals on its own. */
    private static String digest(List<String> ring) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (String real : ring) {
                sha.update(real.getBytes(StandardCharsets.US_ASCII));
                sha.update((byte) '\n');
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
