import { expect } from "chai";

import { prepareDomain, type PreparationEvent } from "../../functions/prepare-search-domain/preparation";
import { askStandIn } from "../support/openSearch/asking";
import { OpenSearchStandIn } from "../support/openSearch/standIn";
import { countingPatience, rejection } from "./fakeAws";

const ROLE = "arn:aws:iam::111122223333:role/orders";
const GRANT: PreparationEvent = {
    action: "GrantAccess",
    name: "shop-orders",
    level: "Read",
    indexPatterns: ["products", "orders-*"],
    roleArns: [ROLE],
};

describe("prepare-search-domain", () => {
    let domain: OpenSearchStandIn;
    let origin: string;

    beforeEach(async () => {
        domain = new OpenSearchStandIn();
        origin = await domain.listen();
    });

    afterEach(() => domain.close());

    function run(event: PreparationEvent, attempts = 3) {
        const { patience, pauses } = countingPatience(attempts);
        return { done: prepareDomain(event, { ask: askStandIn(origin), patience }), pauses };
    }

    it("gives roles exactly what their level has, on the indexes that are named", async () => {
        expect(await run(GRANT).done).to.equal(`shop-orders lets ${ROLE} Read products, orders-*`);
        expect(domain.security.get("roles/shop-orders")).to.deep.equal({
            description: "Read: made by Pulumi, which writes it anew",
            cluster_permissions: ["cluster_composite_ops_ro"],
            index_permissions: [{ index_patterns: ["products", "orders-*"], allowed_actions: ["read"] }],
        });
        expect(domain.security.get("rolesmapping/shop-orders")).to.deep.equal({ backend_roles: [ROLE] });
    });

    it("writes both anew when they change, and takes them away when they go, mapping first", async () => {
        await run(GRANT).done;
        await run({ ...GRANT, level: "Write", tf: { action: "update" } }).done;
        expect(domain.security.get("roles/shop-orders")).to.deep.include({
            cluster_permissions: ["cluster_composite_ops"],
        });
        domain.asked.length = 0;
        await run({ ...GRANT, tf: { action: "delete" } }).done;
        expect(domain.security.size).to.equal(0);
        expect(domain.asked.map(({ method, path }) => `${method} ${path}`)).to.deep.equal([
            "DELETE /_plugins/_security/api/rolesmapping/shop-orders",
            "DELETE /_plugins/_security/api/roles/shop-orders",
        ]);
        // Once more does no harm.
        await run({ ...GRANT, tf: { action: "delete" } }).done;
    });

    it("makes an index, adds fields to it later, and leaves it when it goes", async () => {
        const body = JSON.stringify({ settings: { "index.number_of_shards": 1 } });
        const index: PreparationEvent = { action: "CreateIndex", index: "orders", body };
        expect(await run(index).done).to.equal("the index orders is made");
        expect(domain.indexes.get("orders")).to.deep.equal({ settings: { "index.number_of_shards": 1 } });
        expect(await run(index).done).to.equal("the index orders is there already");
        const mappings = { properties: { price: { type: "double" } } };
        await run({ ...index, body: JSON.stringify({ mappings }), tf: { action: "update" } }).done;
        expect(domain.indexes.get("orders")).to.deep.include({ mappings });
        await run({ ...index, tf: { action: "delete" } }).done;
        expect(domain.indexes.has("orders")).to.equal(true);
    });

    it("has the domain write who was turned away, and not what was asked for", async () => {
        await run({ action: "EnableAudit" }).done;
        expect(domain.security.get("audit/config")).to.deep.nested.include({
            enabled: true,
            "audit.log_request_body": false,
        });
    });

    it("waits for a domain that is not ready, and not for one that refuses", async () => {
        domain.replies.push({ status: 503 }, { status: 409 });
        const patient = run(GRANT);
        await patient.done;
        expect(patient.pauses).to.have.lengthOf(2);

        domain.replies.push({ status: 403, body: { error: { type: "security_exception" } } });
        const refused = run(GRANT);
        expect(await rejection(refused.done)).to.equal(
            "the domain refuses /_plugins/_security/api/roles/shop-orders: status 403, security_exception",
        );
        expect(refused.pauses).to.deep.equal([]);
    });

    it("says what a domain last answered that never got ready", async () => {
        domain.replies.push(...Array.from({ length: 3 }, () => ({ status: 503 })));
        expect(await rejection(run(GRANT).done)).to.equal(
            "the domain has no answer to PUT /_plugins/_security/api/roles/shop-orders: status 503, no error that OpenSearch names",
        );
    });

    it("does nothing that it was not asked for in full", async () => {
        expect(await rejection(run({ action: "Dance" }).done)).to.match(/^"Dance" is not an action/);
        expect(await rejection(run({ action: "GrantAccess", name: "x" }).done)).to.equal(
            "the action needs level",
        );
        expect(await rejection(run({ ...GRANT, level: "All" as never }).done)).to.equal(
            '"All" is not a level; there are Read, Write, ReadWrite, Manage',
        );
        expect(domain.asked).to.deep.equal([]);
    });
});
