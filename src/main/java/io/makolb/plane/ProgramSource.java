package io.makolb.plane;

import io.makolb.libbpf.BpfProgram;

/** Where a program of the plane comes from. */
interface ProgramSource {

    /** Its name, in the object and as a pin. */
    String name();

    /** Tells this program with these settings from every other. */
    byte[] digest();

    /** Where the plane's description keeps the digest of the program that runs: an offset in {@link MapLayout.Meta}. */
    int digestField();

    /** Loads it for these maps. */
    BpfProgram load(PlaneMaps maps);
}
