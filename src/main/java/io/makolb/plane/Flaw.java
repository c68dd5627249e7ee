package io.makolb.plane;

/**
 * A place where the kernel's tables contradict themselves, which no {@link PlaneImage} shows.
 *
 * @param resource whom it concerns, as a path below the API's base
 * @param what which part of it
 * @param expected what follows from the other tables
 * @param found what is there
 */
public record Flaw(String resource, String what, String expected, String found) {}
