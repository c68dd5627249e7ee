/** The connections that the tables remember: shown, counted, forgotten. */
@NullMarked
package io.makolb.web.connection;

import org.jspecify.annotations.NullMarked;
