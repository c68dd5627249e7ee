package io.makolb.walk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.makolb.client.ApiClient;
import io.makolb.client.ApiException;
import io.makolb.client.ApiResponse;
import io.makolb.client.api.RealsOfAVipApi;
import io.makolb.client.api.StatisticsApi;
import io.makolb.client.api.VipsApi;
import io.makolb.client.model.Member;
import io.makolb.client.model.MemberPatch;
import io.makolb.client.model.Members;
import io.makolb.client.model.Plan;
import io.makolb.client.model.Problem;
import io.makolb.client.model.Vip;
import io.makolb.client.model.VipPatch;
import io.makolb.client.model.Vips;
import java.util.ArrayList;
import java.util.List;

/** A walk through the API of a running server with the generated Java client; it ends at the first answer that is not as expected. */
public final class Walk {

    private static final String ID = "10.200.1.1-80-tcp";

    private final ObjectMapper mapper;
    private final VipsApi vips;
    private final RealsOfAVipApi reals;
    private final StatisticsApi statistics;

    private Walk(String server) {
        mapper = ApiClient.createDefaultObjectMapper().addHandler(new PlanOrNot());
        ApiClient client = new ApiClient();
        client.setObjectMapper(mapper);
        client.updateBaseUri(server);
        vips = new VipsApi(client);
        reals = new RealsOfAVipApi(client);
        statistics = new StatisticsApi(client);
    }

    /** The server's address is the only argument: {@code http://127.0.0.1:8080}. */
    public static void main(String[] arguments) throws ApiException, JsonProcessingException {
        Walk walk = new Walk(arguments[0]);
        walk.createVip();
        walk.setReals();
        walk.changeOnlyWhatWasRead();
        walk.tryWithoutDoing();
        walk.readProblems();
        walk.turnPages();
        walk.delete();
        System.out.println("the Java client walked through");
    }

    private void createVip() throws ApiException, JsonProcessingException {
        Vip wanted = vip("10.200.1.1").flags(List.of(Vip.FlagsEnum.NO_LRU)).onEmpty(Vip.OnEmptyEnum.PASS);
        ApiResponse<?> answer = vips.createVipWithHttpInfo(wanted, null, null, null, null, "first VIP");
        same(201, answer.getStatusCode());
        same("/api/v1/vips/" + ID, header(answer, "Location"));

        Problem problem = refused(409, () -> vips.createVip(wanted, null, null, null, null, null));
        same("tag:makolb.io,2026:problem/already-exists", problem.getType());
    }

    private void setReals() throws ApiException {
        Members set = new Members().items(List.of(member("10.0.0.1", 10), member("10.0.0.2", 10)));
        Members answer = reals.putMembers(ID, set, null, null, null, null, null).getMembers();
        same(2, answer.getItems().size());
        same("10.0.0.1", answer.getItems().get(0).getId());
        same(2, reals.listMembers(ID, null, null, null).getItems().size());
    }

    private void changeOnlyWhatWasRead() throws ApiException, JsonProcessingException {
        String tag = header(vips.getVipWithHttpInfo(ID, null), "ETag");
        VipPatch patch = new VipPatch().description("web shop");
        Vip after = vips.patchVip(ID, patch, null, null, tag, null, null).getVip();
        same("web shop", after.getDescription());
        same(List.of(Vip.FlagsEnum.NO_LRU), after.getFlags());
        same(Vip.OnEmptyEnum.PASS, after.getOnEmpty());

        Problem problem = refused(412, () -> vips.patchVip(ID, patch, null, null, tag, null, null));
        same("tag:makolb.io,2026:problem/stale-etag", problem.getType());

        // What was read can be put back.
        String current = header(vips.getVipWithHttpInfo(ID, null), "ETag");
        ApiResponse<?> unchanged = vips.putVipWithHttpInfo(ID, vips.getVip(ID, null), null, null, current, null, null);
        same("false", header(unchanged, "Mako-Changed"));
    }

    private void tryWithoutDoing() throws ApiException {
        Members one = new Members().items(List.of(member("10.0.0.1", 10)));
        Plan plan = reals.putMembers(ID, one, true, null, null, null, null).getPlan();
        same(true, touches(plan, "vips/" + ID + "/reals/10.0.0.2"));
        same(2, reals.listMembers(ID, null, null, null).getItems().size());
        same(true, plan.getEffect().getVips().get(ID).getMoved() > 0);
        same(true, touches(vips.deleteVip(ID, true, null, null, null, null), "vips/" + ID));
    }

    private void readProblems() throws ApiException, JsonProcessingException {
        MemberPatch tooHeavy = new MemberPatch().weight(1_000_001);
        Problem problem = refused(422, () -> reals.patchMember(ID, "10.0.0.1", tooHeavy, null, null, null, null, null));
        same("/weight", problem.getErrors().get(0).getPointer());
        same(422, problem.getStatus());
    }

    private void turnPages() throws ApiException {
        vips.putVip("10.200.1.2-80-tcp", new Vip(), null, null, null, "*", null);
        vips.putVip("10.200.1.3-80-tcp", new Vip(), null, null, null, "*", null);
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            Vips page = vips.listVips(VipsApi.APIListVipsRequest.newBuilder()
                    .limit(2)
                    .cursor(cursor)
                    .include("status")
                    .build());
            page.getItems()
                    .forEach(vip -> seen.add(vip.getId() + " " + vip.getStatus().getState()));
            cursor = page.getNext();
        } while (cursor != null);
        same(List.of(ID + " APPLIED", "10.200.1.2-80-tcp APPLIED", "10.200.1.3-80-tcp APPLIED"), seen);
        same(ID, statistics.getVipStats(ID).getId());
    }

    private void delete() throws ApiException, JsonProcessingException {
        for (String id : List.of(ID, "10.200.1.2-80-tcp", "10.200.1.3-80-tcp")) {
            same(
                    204,
                    vips.deleteVipWithHttpInfo(id, null, null, null, null, null).getStatusCode());
        }
        Problem problem = refused(404, () -> vips.getVip(ID, null));
        same("tag:makolb.io,2026:problem/not-found", problem.getType());
    }

    private static boolean touches(Plan plan, String resource) {
        return plan.getChanges().stream()
                .anyMatch(change -> change.getResource().equals(resource));
    }

    private static Vip vip(String address) {
        return new Vip().address(address).port(80).protocol(Vip.ProtocolEnum.TCP);
    }

    private static Member member(String address, int weight) {
        return new Member().address(address).weight(weight);
    }

    private static String header(ApiResponse<?> answer, String name) {
        return answer.getHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(header -> header.getValue().get(0))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no header " + name + " in " + answer.getHeaders()));
    }

    private Problem refused(int status, Request request) throws ApiException, JsonProcessingException {
        try {
            request.send();
        } catch (ApiException refusal) {
            same(status, refusal.getCode());
            return mapper.readValue(refusal.getResponseBody(), Problem.class);
        }
        throw new AssertionError("not refused with " + status);
    }

    private static void same(Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + expected + ", was " + actual);
        }
    }

    /** Something that a server may refuse. */
    private interface Request {
        void send() throws ApiException;
    }
}
