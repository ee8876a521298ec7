/** The functions' OpenAPI documents: valid, and within what API Gateway imports. */
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { expect } from "chai";
import { parse } from "yaml";

import { apiDocuments } from "../../tools/clients/documents";
import { documentText, operationsOf } from "../support/functions/openApi";

interface Schema {
    type?: string;
    properties?: Record<string, Schema>;
    additionalProperties?: unknown;
}

interface Document {
    paths: Record<string, Record<string, { requestBody?: unknown; security?: object[] }>>;
    security?: object[];
    components: { schemas: Record<string, Schema>; responses: Record<string, object> };
}

const FILES = apiDocuments().map(({ file }) => file);
const documents = new Map(
    apiDocuments().map(({ name, file }) => [name, parse(documentText(file)) as Document]),
);

/** Keywords of OpenAPI 3.0 that are not in JSON Schema's draft 4, which API Gateway checks bodies with. */
const FOREIGN = ["nullable", "discriminator", "readOnly", "writeOnly", "xml", "deprecated", "example"];

function keysIn(value: unknown): string[] {
    if (Array.isArray(value)) {
        return value.flatMap(keysIn);
    }
    return typeof value === "object" && value !== null
        ? Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner)])
        : [];
}

describe("the functions' OpenAPI documents", () => {
    it("are these", () => {
        expect([...documents.keys()]).to.deep.equal([
            "cart",
            "catalogue",
            "collect-events",
            "orders-v1",
            "orders-v2",
            "sessions",
            "shipping-callback",
            "todos",
        ]);
    });

    it("are valid OpenAPI 3.0", async () => {
        const config = await createConfig({
            extends: ["recommended-strict"],
            // Where an API is, its stack says.
            rules: { "no-server-example.com": "off" },
        });
        for (const file of FILES) {
            const problems = await lintFromString({
                source: documentText(file),
                absoluteRef: file,
                config,
            });
            expect(
                problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]),
                file,
            ).to.deep.equal([]);
        }
    });

    it("have a problem of the linter's where something is wrong", async () => {
        const config = await createConfig({ extends: ["recommended-strict"] });
        const source = documentText("todos/openapi.yaml").replace(
            "operationId: listTodos",
            "operationId: createTodo",
        );
        const problems = await lintFromString({ source, absoluteRef: "/functions/x.yaml", config });
        expect(problems.map(({ ruleId }) => ruleId)).to.include("operation-operationId-unique");
    });

    it("name schemas by letters and digits, as API Gateway's models are named", () => {
        const names = [...documents.values()].flatMap(({ components }) => Object.keys(components.schemas));
        expect(names.filter((name) => !/^[A-Za-z0-9]+$/.test(name))).to.deep.equal([]);
    });

    it("use no keyword in schemas that API Gateway cannot check", () => {
        for (const [file, { components }] of documents) {
            const used = keysIn(components.schemas);
            expect(
                FOREIGN.filter((keyword) => used.includes(keyword)),
                file,
            ).to.deep.equal([]);
        }
    });

    it("answer every error by one and the same description of a problem", () => {
        const [first, ...others] = [...documents.values()].map(({ components }) => ({
            problem: components.schemas["Problem"],
            part: components.schemas["PartProblem"],
        }));
        for (const other of others) {
            expect(other).to.deep.equal(first);
        }
        for (const [file, { components }] of documents) {
            expect(
                Object.keys(components.responses).filter((name) => !/^Problem[45]\d\d$/.test(name)),
                file,
            ).to.deep.equal([]);
        }
    });

    it("ask for a token everywhere but where everybody may call", () => {
        const open = FILES.flatMap((file) =>
            operationsOf(documentText(file))
                .filter(({ needsToken }) => !needsToken)
                .map(({ operationId }) => operationId),
        );
        expect(open.sort()).to.deep.equal([
            "beginSession",
            "collectEvents",
            "endSession",
            "getProduct",
            "getSession",
            "listProducts",
            "replaceSessionData",
            "reportShipment",
            "rotateSession",
        ]);
    });

    it("refuse in bodies what they do not describe, but for events, each of which is judged by itself", () => {
        const lax: string[] = [];
        for (const [file, { components }] of documents) {
            for (const [name, schema] of Object.entries(components.schemas)) {
                const isAsked =
                    /^(New|Todo?Update|Wanted|ShippingAddress|ProductContent|Quantity|SessionData|ShipmentNews|EventBatch)/.test(
                        name,
                    );
                if (isAsked && schema.additionalProperties !== false) {
                    lax.push(`${file} ${name}`);
                }
            }
        }
        expect(lax).to.deep.equal([]);
    });

    it("have names of operations that are unique over both versions' own documents", () => {
        for (const file of FILES) {
            const ids = operationsOf(documentText(file)).map(({ operationId }) => operationId);
            expect(new Set(ids).size, file).to.equal(ids.length);
        }
    });

    it("differ between versions of orders in what they answer, and not in how an order is placed", () => {
        const [v1, v2] = ["orders-v1", "orders-v2"].map((name) => documents.get(name)!);
        const asked = ["NewOrder", "WantedItem", "ShippingAddress"];
        for (const name of asked) {
            expect(v2!.components.schemas[name], name).to.deep.equal(v1!.components.schemas[name]);
        }
        expect(Object.keys(v1!.components.schemas["Order"]!.properties!)).to.deep.equal([
            "id",
            "status",
            "items",
            "total",
            "currency",
            "createdAt",
        ]);
        expect(Object.keys(v2!.components.schemas["Order"]!.properties!)).to.deep.equal([
            "orderId",
            "status",
            "version",
            "lines",
            "total",
            "createdAt",
            "updatedAt",
            "trackingNumber",
            "cancellationReason",
        ]);
    });
});
