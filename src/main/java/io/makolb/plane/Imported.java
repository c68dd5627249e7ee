package io.makolb.plane;

/**
 * What became of connections that were to be imported.
 *
 * @param accepted they are in the global connection table now
 * @param changed of them, those that were not there, or led to another real
 * @param unknownVip left out: there is no such VIP
 * @param unknownReal left out: no VIP has this real
 * @param notAsked left out: the VIP has no flag GLOBAL_LRU, so no packet would look for them
 * @param prefix left out: their VIP is a prefix, and they do not say which of its addresses they go to
 */
public record Imported(int accepted, int changed, int unknownVip, int unknownReal, int notAsked, int prefix) {}
