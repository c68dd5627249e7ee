/** Who asked for which write, and what became of it: an append-only file of JSON lines beside the store. */
@NullMarked
package io.makolb.web.audit;

import org.jspecify.annotations.NullMarked;
