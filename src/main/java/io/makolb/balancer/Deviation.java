package io.makolb.balancer;

/**
 * One thing in which the kernel differs from what it should hold.
 *
 * @param what which part of the resource
 * @param expected what the configuration asks for
 * @param found what the kernel holds
 */
public record Deviation(String what, String expected, String found) {}
