/**
 * What the host tells us: its links, its routes and neighbours, its addresses, whether it can run a plane at all. Everything
 * here looks and reports; it changes nothing but the kernel's neighbour table, which it asks to find out the gateway's MAC.
 */
@NullMarked
package io.makolb.machine;

import org.jspecify.annotations.NullMarked;
