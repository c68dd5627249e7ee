/** Numbers over HTTP. */
@NullMarked
package io.makolb.web.stats;

import org.jspecify.annotations.NullMarked;
