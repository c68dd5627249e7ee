package io.makolb.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTests {

    @Test
    void isReadAndWritten() {
        assertThat(MacAddress.parse("02:00:00:00:DE:01")).hasToString("02:00:00:00:de:01");
        assertThat(MacAddress.parse("00:00:de:ad:be:af").bits()).isEqualTo(0xdeadbeafL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "02-00-00-00-02-01",
                "02:00:00:00:02",
                "00:00:00:00:00:00",
                "ff:ff:ff:ff:ff:ff",
                "01:00:5e:00:00:01"
            })
    void whatIsNoHostsAddressIsRefused(String text) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> MacAddress.parse(text));

        assertThat(refusal.reason()).isEqualTo(Reason.INVALID_VALUE);
        assertThat(refusal.remedy()).isNotBlank();
    }
}
