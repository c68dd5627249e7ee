/** The whole configuration as one document. */
@NullMarked
package io.makolb.web.config;

import org.jspecify.annotations.NullMarked;
