package io.makolb.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.makolb.model.Address;
import io.makolb.web.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagingTests {

    private final NavigableMap<Address, Integer> set = new TreeMap<>();

    PagingTests() {
        for (int i = 1; i <= 25; i++) {
            set.put(Address.parse("10.0.0." + i), i);
        }
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrOverlap() {
        List<Integer> all = new ArrayList<>();
        String cursor = null;
        do {
            Paging.Page<Integer> page = page("10", cursor);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(10);
            assertThat(page.whole()).isFalse();
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);

        assertThat(all).isEqualTo(List.copyOf(set.values()));
    }

    @Test
    void aSetThatFitsOnOnePageIsWhole() {
        assertThat(page("25", null).next()).isNull();
        assertThat(page("25", null).whole()).isTrue();
        assertThat(page("24", null).next()).isNotNull();
        assertThat(page(null, null).items()).hasSize(25);
    }

    @Test
    void aCursorStaysGoodWhenItsKeyIsRemoved() {
        String cursor = page("10", null).next();
        set.remove(Address.parse("10.0.0.10"));

        assertThat(page("10", cursor).items()).startsWith(11);
    }

    @ParameterizedTest
    @CsvSource({"0,", "-1,", "10001,", "x,", "1.5,", "+1,", "99999999999,", ",MTAuMC4wLjE", "5,!", "5,eHh4", "5,''"})
    void everythingElseIsRefused(@Nullable String limit, @Nullable String cursor) {
        assertThatThrownBy(() -> page(limit, cursor)).isInstanceOf(ProblemException.class);
    }

    private Paging.Page<Integer> page(@Nullable String limit, @Nullable String cursor) {
        return Paging.of(limit, cursor).cut(set, Address::parse, (address, number) -> number);
    }
}
