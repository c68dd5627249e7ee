package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.model.HashFunction;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.NavigableMap;

/** The digest of everything a ring depends on. Equal digests mean equal rings, so a ring need not be built to compare it. */
public final class RingRecipe {

    private RingRecipe() {}

    /**
     * Digest of a ring's recipe.
     *
     * @return never 0, unless no member has an effective weight above 0: then there is no ring, and the answer is 0
     */
    public static long digest(HashFunction function, int ringSize, NavigableMap<Address, MemberImage> members) {
        MessageDigest sha = sha256();
        sha.update(function.name().getBytes(StandardCharsets.US_ASCII));
        ByteBuffer row = ByteBuffer.allocate(32);
        sha.update(row.putInt(ringSize).array(), 0, 4);
        boolean any = false;
        for (Map.Entry<Address, MemberImage> entry : members.entrySet()) {
            int weight = entry.getValue().effectiveWeight();
            if (weight > 0) {
                any = true;
                row.clear()
                        .putInt(entry.getValue().index())
                        .putInt(weight)
                        .put(entry.getKey().toBytes());
                sha.update(row.array(), 0, row.position());
            }
        }
        if (!any) {
            return 0;
        }
        long digest = ByteBuffer.wrap(sha.digest()).getLong();
        return digest == 0 ? 1 : digest;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
