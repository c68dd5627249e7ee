package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import io.makolb.model.VipFlag;
import io.makolb.model.VipId;
import io.makolb.plane.MemoryKernel;
import io.makolb.plane.VipImage;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ContractTest
class DriftTests {

    private static final String VIP = "10.200.1.1-80-tcp";

    @Autowired
    private MemoryKernel kernel;

    private void flags(int bits) {
        kernel.damage(
                VipId.parse(VIP),
                vip -> new VipImage(
                        vip.id(),
                        vip.number(),
                        bits,
                        vip.hashFunction(),
                        vip.onEmpty(),
                        vip.members(),
                        vip.downReals(),
                        vip.ringRecipe()));
    }

    @Test
    void whatTheKernelHoldsOtherwiseIsFoundWhenSomebodyAsksAndStaysToBeRead() throws Exception {
        given().contentType("application/json").body("{}").put("/vips/" + VIP);
        given().post("/drift")
                .then()
                .statusCode(200)
                .body("state", equalTo("CLEAN"))
                .body("items", empty())
                .body("unchecked", nullValue())
                .body("checkedAt", matchesPattern("20..-..-..T.*Z"));

        flags(VipFlag.NO_LRU.bit());
        given().get("/drift").then().statusCode(200).body("state", equalTo("CLEAN"));
        given().post("/drift")
                .then()
                .statusCode(200)
                .body("state", equalTo("DRIFTED"))
                .body("items", hasSize(1))
                .body("items[0].resource", equalTo("vips/" + VIP))
                .body("items[0].differences.what", contains("flags"))
                .body("items[0].differences.expected", contains("[]"))
                .body("items[0].differences.found", contains("[NO_LRU]"));
        given().get("/drift").then().body("state", equalTo("DRIFTED"));

        flags(0);
        given().post("/drift").then().body("state", equalTo("CLEAN"));
    }

    @Test
    void itTakesNoParameters() {
        given().post("/drift?dryRun=true").then().statusCode(400);
        given().get("/drift?now=true").then().statusCode(400);
    }
}
