package io.makolb.web.openapi;

import io.makolb.web.http.ConnectionQuery;
import io.makolb.web.http.Inclusion;
import io.makolb.web.http.LatestFirst;
import io.makolb.web.http.Paging;
import io.makolb.web.http.Signature;
import io.makolb.web.http.WriteCall;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Contact;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Describes the API; what springdoc cannot see in the controllers is added here, once for all of them. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(
                        WriteCall.class,
                        Signature.class,
                        Paging.class,
                        LatestFirst.class,
                        ConnectionQuery.class,
                        Inclusion.class);
    }

    /** Servers and version are fixed: the published document must not depend on where it was made. */
    @Bean
    OpenAPI makoApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Mako")
                        .version("v1")
                        .description(
                                "Layer-4 load balancer: VIPs, their reals, and the program in the kernel that obeys.\n\n"
                                        + "Bodies are read strictly: unknown or duplicate members and unknown query parameters are"
                                        + " refused. Problems follow RFC 9457; /problems explains each. Entity tags are strong:"
                                        + " If-Match makes a write safe against concurrent ones, and ?dryRun=true answers what it"
                                        + " would do.")
                        .contact(new Contact().name("The Mako project"))
                        .license(new License().name("Apache-2.0").url("https://www.apache.org/licenses/LICENSE-2.0")))
                .servers(List.of(new Server().url("/").description("The server that this document came from")));
    }

    @Bean
    GlobalOperationCustomizer sharedParts() {
        return new SharedParts();
    }

    @Bean
    ModelConverter requiredMembers() {
        return new RequiredMembers();
    }

    @Bean
    GlobalOpenApiCustomizer sharedComponents() {
        return new SharedComponents();
    }
}
