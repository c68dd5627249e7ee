package io.makolb.store;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    @Bean
    @ConditionalOnProperty(name = "mako.store.type", havingValue = "sqlite", matchIfMissing = true)
    Store store(StoreProperties properties) {
        return new SqliteStore(properties.path(), properties.retention());
    }
}
