@NullMarked
package io.makolb.ring;

import org.jspecify.annotations.NullMarked;
