/** The reals of a VIP. */
@NullMarked
package io.makolb.web.member;

import org.jspecify.annotations.NullMarked;
