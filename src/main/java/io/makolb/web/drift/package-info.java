/** Whether the kernel holds what the configuration asks for. */
@NullMarked
package io.makolb.web.drift;

import org.jspecify.annotations.NullMarked;
