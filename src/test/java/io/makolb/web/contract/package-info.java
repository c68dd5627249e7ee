/** The API as its clients see it. */
@NullMarked
package io.makolb.web.contract;

import org.jspecify.annotations.NullMarked;
