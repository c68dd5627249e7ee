/** What the configuration was, who changed it, and why. */
@NullMarked
package io.makolb.web.revision;

import org.jspecify.annotations.NullMarked;
