@NullMarked
package io.makolb.stats;

import org.jspecify.annotations.NullMarked;
