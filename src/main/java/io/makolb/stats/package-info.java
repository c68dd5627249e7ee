/** The one way of a number: read once a tick from the plane, turned into rates, handed to metrics, REST and streams. */
@NullMarked
package io.makolb.stats;

import org.jspecify.annotations.NullMarked;
