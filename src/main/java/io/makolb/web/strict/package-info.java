/** What may come in: JSON, query parameters and body sizes, read strictly in one place for every route. */
@NullMarked
package io.makolb.web.strict;

import org.jspecify.annotations.NullMarked;
