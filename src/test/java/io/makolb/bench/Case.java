package io.makolb.bench;

/**
 * One row of the table.
 *
 * @param name what happens to the packets
 * @param frame what they look like
 * @param flows to how many flows they belong, scattered; 0 = one
 * @param floor what they are compared with
 * @param katran Katran's multiple of that floor, as docs/performance.md gives it
 * @param target Mako's
 * @param outcome what must become of them
 */
record Case(String name, Frame frame, int flows, Floor floor, double katran, double target, Outcome outcome) {}
