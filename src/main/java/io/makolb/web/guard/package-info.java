/** Who may talk to the server while there is no authentication: this machine. */
@NullMarked
package io.makolb.web.guard;

import org.jspecify.annotations.NullMarked;
