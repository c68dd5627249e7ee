/** What happens, as server-sent events. */
@NullMarked
package io.makolb.web.event;

import org.jspecify.annotations.NullMarked;
