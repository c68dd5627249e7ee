/** The resource VIP. */
@NullMarked
package io.makolb.web.vip;

import org.jspecify.annotations.NullMarked;
