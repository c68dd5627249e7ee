/**
 * What {@code ./bench} runs: how many nanoseconds the forwarding plane takes per packet, compared with programs that do nothing but
 * return, or nothing but write an outer header.
 */
@NullMarked
package io.makolb.bench;

import org.jspecify.annotations.NullMarked;
