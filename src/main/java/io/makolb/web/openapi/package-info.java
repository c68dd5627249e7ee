/** The published description of the API. */
@NullMarked
package io.makolb.web.openapi;

import org.jspecify.annotations.NullMarked;
