@NullMarked
package io.makolb.machine;

import org.jspecify.annotations.NullMarked;
