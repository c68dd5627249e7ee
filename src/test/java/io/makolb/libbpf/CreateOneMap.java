package io.makolb.libbpf;

/** A process that creates a map, or prints why it cannot. */
final class CreateOneMap {

    private CreateOneMap() {}

    public static void main(String[] arguments) {
        try (BpfMap map = BpfMap.create(new BpfMapSpec(BpfMapType.HASH, "needs_caps", 4, 8, 1))) {
            System.out.println("created " + map);
        } catch (BpfException e) {
            System.out.println(e.getMessage());
        }
    }
}
