import { createConfig, lintFromString } from "@redocly/openapi-core";
import { expect } from "chai";
import { assign } from "../../../components/api/assignment";
import { readDocument } from "../../../components/api/openApi/document";
import { modelOf, modelProblems } from "../../../components/api/openApi/models";
import { RestApi, type RestApiArgs } from "../../../components/api/restApi/restApi";
import { DOCUMENT, PLAIN_DOCUMENT, REST } from "../../support/components/apiArguments";
import { pathsOf, problemsOfProgram } from "../../support/components/problems";
import { one, previewProgram } from "../../support/preview";
import { inTestAccount } from "../../support/surroundings";

const HEAD = `openapi: 3.0.3
info: { title: T, version: "1" }
security: []
`;
const OK = "responses: { default: { description: all } }";
const GET = `get: { operationId: list, ${OK} }`;

const problemsIn = (text: string): string[] =>
    readDocument(text).problems.map(({ at = "", allowed }) => `${at}: ${allowed}`);
const placesIn = (text: string): string[] => readDocument(text).problems.map(({ at = "" }) => at);

/** What a linter that knows the specification says of a document's structure. */
async function structureOf(source: string): Promise<string[]> {
    const config = await createConfig({ rules: { struct: "error", "no-unresolved-refs": "error" } });
    const found = await lintFromString({ source, config });
    return found.map(({ message }) => message);
}

describe("OpenAPI documents of APIs", () => {
    it("are accepted as JSON and as YAML, and are what the specification says", async () => {
        expect(problemsIn(DOCUMENT)).to.deep.equal([]);
        expect(problemsIn(PLAIN_DOCUMENT)).to.deep.equal([]);
        expect(await structureOf(DOCUMENT)).to.deep.equal([]);
    });

    it("become definitions that are what the specification says, too", async () => {
        const run = await previewProgram(() => new RestApi("todos", REST, inTestAccount()));
        const body = String(one(run, "aws:apigateway/restApi:RestApi").inputs.body);
        expect(await structureOf(body)).to.deep.equal([]);
        // The linter finds what is wrong at all.
        expect(await structureOf(body.replaceAll('"responses"', '"answers"'))).to.not.deep.equal([]);
    });

    it("are read with their references resolved, and what the operation says before what the path says", () => {
        const { document } = readDocument(`${HEAD}paths:
  /things/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
      - { name: page, in: query, schema: { type: string } }
    get:
      operationId: list
      parameters:
        - { name: page, in: query, required: true, schema: { type: array, items: { type: string } } }
      responses: { "200": { $ref: "#/components/responses/Things" } }
components:
  responses: { Things: { description: all of them } }
`);
        expect(document.operations).to.have.lengthOf(1);
        expect(document.operations[0]).to.deep.include({
            parameters: [
                { name: "id", in: "path", required: true, isList: false },
                { name: "page", in: "query", required: true, isList: true },
            ],
            responses: { "200": "all of them" },
        });
    });

    const cases: [string, string, string[]][] = [
        ["what is no document", "- a\n- b", ["", ".openapi", ".info.title", ".info.version", ".paths"]],
        ["what is not even YAML", "a: [", ["", ".openapi", ".info.title", ".info.version", ".paths"]],
        ["another version", `${HEAD.replace("3.0.3", "3.1.0")}paths: { /a: { ${GET} } }`, [".openapi"]],
        ["no path", `${HEAD}paths: {}`, [".paths"]],
        ["a path without an operation", `${HEAD}paths: { /a: { summary: x } }`, ['.paths["/a"]']],
        ["a path without a slash", `${HEAD}paths: { a: { ${GET} } }`, [".paths.a"]],
        ["an empty segment", `${HEAD}paths: { /a/: { ${GET} } }`, ['.paths["/a/"]']],
        [
            "a variable in part of a segment",
            `${HEAD}paths: { "/a{b}": { get: { operationId: x, parameters: [{ name: b, in: path, required: true }], ${OK} } } }`,
            ['.paths["/a{b}"]'],
        ],
        [
            "a rest that is not the last",
            `${HEAD}paths: { "/{a+}/b": { get: { operationId: x, parameters: [{ name: a, in: path, required: true }], ${OK} } } }`,
            ['.paths["/{a+}/b"]'],
        ],
        [
            "a variable that is not declared",
            `${HEAD}paths: { "/{a}": { ${GET} } }`,
            ['.paths["/{a}"].get.parameters'],
        ],
        [
            "a parameter that the path has not",
            `${HEAD}paths: { /a: { get: { operationId: x, parameters: [{ name: b, in: path, required: true }], ${OK} } } }`,
            ['.paths["/a"].get.parameters'],
        ],
        [
            "a variable that is not required",
            `${HEAD}paths: { "/{a}": { get: { operationId: x, parameters: [{ name: a, in: path }], ${OK} } } }`,
            ['.paths["/{a}"].get.parameters[0].required'],
        ],
        [
            "a parameter twice",
            `${HEAD}paths: { /a: { get: { operationId: x, parameters: [{ name: b, in: query }, { name: b, in: query }], ${OK} } } }`,
            ['.paths["/a"].get.parameters[1]'],
        ],
        [
            "a parameter in the body",
            `${HEAD}paths: { /a: { get: { operationId: x, parameters: [{ name: b, in: body }], ${OK} } } }`,
            ['.paths["/a"].get.parameters[0]'],
        ],
        [
            "an operation without an id",
            `${HEAD}paths: { /a: { get: { ${OK} } } }`,
            ['.paths["/a"].get.operationId'],
        ],
        [
            "an id of two operations",
            `${HEAD}paths: { /a: { ${GET} }, /b: { ${GET} } }`,
            ['.paths["/b"].get.operationId'],
        ],
        ["TRACE", `${HEAD}paths: { /a: { ${GET}, trace: { ${OK} } } }`, ['.paths["/a"].trace']],
        ["no response", `${HEAD}paths: { /a: { get: { operationId: x } } }`, ['.paths["/a"].get.responses']],
        [
            "a response without words",
            `${HEAD}paths: { /a: { get: { operationId: x, responses: { "200": {} } } } }`,
            ['.paths["/a"].get.responses["200"].description'],
        ],
        [
            "a body of a GET",
            `${HEAD}paths: { /a: { get: { operationId: x, requestBody: { content: { text/plain: {} } }, ${OK} } } }`,
            ['.paths["/a"].get.requestBody'],
        ],
        [
            "a body of nothing",
            `${HEAD}paths: { /a: { post: { operationId: x, requestBody: {}, ${OK} } } }`,
            ['.paths["/a"].post.requestBody.content'],
        ],
        [
            "another file",
            `${HEAD}paths: { /a: { get: { operationId: x, responses: { "200": { description: x, content: { application/json: { schema: { $ref: "other.yaml#/A" } } } } } } } }`,
            ['.paths["/a"].get.responses["200"].content["application/json"].schema["$ref"]'],
        ],
        [
            "a reference to nothing",
            `${HEAD}paths: { /a: { get: { operationId: x, responses: { "200": { description: x, content: { application/json: { schema: { $ref: "#/components/schemas/A" } } } } } } } }`,
            ['.paths["/a"].get.responses["200"].content["application/json"].schema["$ref"]'],
        ],
        [
            "what the component adds",
            `${HEAD}x-amazon-apigateway-policy: {}\npaths: { /a: { ${GET} } }`,
            [".x-amazon-apigateway-policy"],
        ],
        [
            "an operation that says nothing of who may call",
            `${HEAD.replace("security: []\n", "")}paths: { /a: { ${GET} } }`,
            ['.paths["/a"].get.security'],
        ],
        [
            "a choice of credentials",
            `${HEAD}paths: { /a: { get: { operationId: x, security: [{ a: [] }, { b: [] }], ${OK} } } }`,
            ['.paths["/a"].get.security'],
        ],
        [
            "credentials that may be left out",
            `${HEAD}paths: { /a: { get: { operationId: x, security: [{}], ${OK} } } }`,
            ['.paths["/a"].get.security'],
        ],
        [
            "a scheme that is not there",
            `${HEAD}paths: { /a: { get: { operationId: x, security: [{ a: [] }], ${OK} } } }`,
            ['.paths["/a"].get.security'],
        ],
    ];
    for (const [what, text, places] of cases) {
        it(`are refused for ${what}`, () => {
            expect(placesIn(text)).to.deep.equal(places);
        });
    }

    it("are refused for everything at once, before anything is registered", async () => {
        const args = {
            ...REST,
            document: `${HEAD}paths: { /a/: { get: { ${OK} } }, /b: { trace: {} } }`,
        } satisfies RestApiArgs;
        const problems = await problemsOfProgram(() => new RestApi("todos", args, inTestAccount()));
        expect(pathsOf(problems).filter((path) => path.startsWith("document"))).to.deep.equal([
            'document.paths["/a/"]',
            'document.paths["/a/"].get.operationId',
            'document.paths["/b"].trace',
            'document.paths["/b"]',
        ]);
    });

    describe("whose bodies API Gateway checks", () => {
        const withSchema = (schema: string, schemas = "{}"): string => `${HEAD}paths:
  /a:
    post: { operationId: x, requestBody: { content: { application/json: { schema: ${schema} } } }, ${OK} }
components: { schemas: ${schemas} }
`;
        const refusedIn = (text: string): string[] =>
            modelProblems(readDocument(text).document).map(({ at = "" }) => at);
        const BODY = '.paths["/a"].post.requestBody.content["application/json"].schema';

        it("are refused for what its models do not know, wherever it is", () => {
            expect(
                refusedIn(
                    withSchema(
                        "{ type: object, properties: { a: { type: string, nullable: true }, b: { $ref: '#/components/schemas/B' } } }",
                        "{ B: { type: number, minimum: 0, exclusiveMinimum: true }, C: { nullable: true } }",
                    ),
                ),
            ).to.deep.equal([`${BODY}.properties.a.nullable`, ".components.schemas.B.exclusiveMinimum"]);
            expect(
                refusedIn(
                    withSchema("{ oneOf: [{ type: [string, 'null'] }], discriminator: { propertyName: a } }"),
                ),
            ).to.deep.equal([`${BODY}.oneOf[0].type`, `${BODY}.discriminator`]);
            expect(
                refusedIn(
                    withSchema("{ $ref: '#/components/schemas/New-B' }", "{ New-B: { type: object } }"),
                ),
            ).to.deep.equal([".components.schemas.New-B"]);
        });

        it("keep properties by the names of keywords, data, and all that validates", () => {
            const schema = {
                type: "object",
                oneOf: [{ required: ["nullable"] }],
                properties: { nullable: { type: "boolean" }, format: { enum: ["int32", { default: 1 }] } },
                additionalProperties: false,
            };
            expect(refusedIn(withSchema(JSON.stringify(schema)))).to.deep.equal([]);
            expect(modelOf(schema)).to.deep.equal(schema);
            expect(
                modelOf({ type: "integer", format: "int64", default: 1, description: "d", nullable: false }),
            ).to.deep.equal({ type: "integer", description: "d" });
            expect(modelOf({ type: "string", format: "date-time" })).to.deep.equal({
                type: "string",
                format: "date-time",
            });
        });
    });

    it("are divided among integrations by id, then by the longest path, then by what is left", () => {
        const { document } = readDocument(DOCUMENT);
        const { integrations, problems } = assign(document, {
            rest: {},
            all: { operations: ["/todos/*"] },
            one: { operations: ["/todos/{todoId}"] },
            removal: { operations: ["removeTodo"] },
        });
        expect(problems).to.deep.equal([]);
        expect(Object.fromEntries(integrations)).to.deep.equal({
            listTodos: "all",
            addTodo: "all",
            getTodo: "one",
            removeTodo: "removal",
            listNews: "rest",
            getReport: "rest",
            getLines: "rest",
        });
    });

    it("may have one variable at each place of a REST API's paths", async () => {
        const path = (text: string, id: string, ...names: string[]): string =>
            `  ${text}:\n    get:\n      operationId: ${id}\n      parameters: [${names
                .map((name) => `{ name: ${name}, in: path, required: true }`)
                .join(", ")}]\n      ${OK}\n`;
        const args: RestApiArgs = {
            region: REST.region,
            accountId: REST.accountId,
            kmsKeyArn: REST.kmsKeyArn,
            integrations: { all: { function: { functionName: "x", aliasName: "live" } } },
            document: `${HEAD}paths:\n${path("/a/{x}", "one", "x")}${path("/a/{y}/b", "two", "y")}${path("/b/{y}", "three", "y")}`,
        };
        expect(
            pathsOf(await problemsOfProgram(() => new RestApi("todos", args, inTestAccount()))),
        ).to.deep.equal(['document.paths["/a/{y}/b"].get']);
    });
});
