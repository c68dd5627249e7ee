/** What is answered when a request cannot be carried out: problem details after RFC 9457. */
@NullMarked
package io.makolb.web.problem;

import org.jspecify.annotations.NullMarked;
