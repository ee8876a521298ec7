import { expect } from "chai";

import { mergedDocument } from "../../examples/shared/openApi";

interface Merged {
    readonly info: { readonly title: string };
    readonly paths: Record<string, Record<string, { security?: unknown; responses?: unknown }>>;
    readonly components: Record<string, Record<string, unknown>>;
}

const document = (title: string, path: string, more = "") => `
openapi: 3.0.3
info: { title: ${title}, version: 1.0.0 }
${more}
paths:
  ${path}:
    parameters: [{ $ref: "#/components/parameters/Id" }]
    get: { operationId: get${title}, responses: { "404": { $ref: "#/components/responses/Problem" } } }
    post: { operationId: post${title}, security: [], responses: { "200": { description: Done } } }
components:
  securitySchemes: { users: { type: http, scheme: bearer } }
  parameters: { Id: { name: id, in: query, schema: { $ref: "#/components/schemas/Id" } } }
  responses: { Problem: { description: Problem of ${title} } }
  schemas: { Id: { type: string, description: Id of ${title} } }
`;

const merged = (...texts: string[]) => JSON.parse(mergedDocument("Shop", texts)) as Merged;

describe("one document of several", () => {
    const whole = merged(
        document("Cart", "/cart", "security: [{ users: [] }]"),
        document("Sessions", "/sessions"),
    );

    it("has the paths of all, and what each document calls by the same name apart", () => {
        expect(whole.info.title).to.equal("Shop");
        expect(Object.keys(whole.paths)).to.deep.equal(["/cart", "/sessions"]);
        expect(whole.components["responses"]).to.deep.equal({
            CartProblem: { description: "Problem of Cart" },
            SessionsProblem: { description: "Problem of Sessions" },
        });
        expect(whole.paths["/cart"]?.["get"]?.responses).to.deep.equal({
            "404": { $ref: "#/components/responses/CartProblem" },
        });
        expect(whole.components["parameters"]?.["SessionsId"]).to.deep.include({
            schema: { $ref: "#/components/schemas/SessionsId" },
        });
        expect(whole.paths["/cart"]?.["parameters"]).to.deep.equal([
            { $ref: "#/components/parameters/CartId" },
        ]);
    });

    it("asks of each operation what its own document asks, and of none what another does", () => {
        const security = (path: string, method: string) => whole.paths[path]?.[method]?.security;
        expect(security("/cart", "get")).to.deep.equal([{ users: [] }]);
        expect(security("/cart", "post")).to.deep.equal([]);
        expect(security("/sessions", "get")).to.deep.equal([]);
        expect(Object.keys(whole.components["securitySchemes"] ?? {})).to.deep.equal(["users"]);
    });

    it("is none where two have a path in common", () => {
        expect(() => merged(document("Cart", "/cart"), document("Carts", "/cart"))).to.throw(
            '/cart is in two documents, of which one is "Carts"',
        );
    });

    it("is none where two are called the same", () => {
        expect(() => merged(document("Cart", "/cart"), document("Cart", "/carts"))).to.throw(
            'two documents are called "Cart"',
        );
    });
});
