/** Resources of which there can be millions: source routes and server ids, one by one, in edits, and all at once. */
@NullMarked
package io.makolb.web.bulk;

import org.jspecify.annotations.NullMarked;
