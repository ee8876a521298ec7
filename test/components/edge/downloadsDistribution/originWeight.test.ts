import { runInNewContext } from "node:vm";
import { expect } from "chai";
import * as ts from "typescript";

import { originWeightCode } from "../../../../components/edge/downloadsDistribution/objectStore";

/** The origin that a request was sent to by the function. */
interface Changed {
    domainName: string;
    originPath: string;
    originAccessControlConfig: Record<string, unknown>;
    customHeaders: Record<string, string>;
}

interface Request {
    uri: string;
    headers: Record<string, { value: string }>;
    querystring: Record<string, { value: string }>;
}

const BUCKET = "updates-objects.s3.eu-central-1.amazonaws.com";
const objects = (more: object = { place: "Path" }): string => JSON.stringify({ domainName: BUCKET, ...more });

const IMPORT = 'import cf from "cloudfront";\n';

/** The function as CloudFront runs it, with a store of these values. */
function edge(values: Readonly<Record<string, string>>) {
    const code = originWeightCode();
    expect(code.startsWith(IMPORT), "the module is named on the first line").to.equal(true);
    const changes: Changed[] = [];
    const cf = {
        kvs: () => ({
            get: (key: string, { format = "string" }: { format?: string } = {}): Promise<unknown> => {
                const value = values[key];
                if (value === undefined) {
                    return Promise.reject(new Error("KeyNotFound"));
                }
                try {
                    return Promise.resolve(format === "json" ? JSON.parse(value) : value);
                } catch {
                    return Promise.reject(new Error("FormatError"));
                }
            },
        }),
        updateRequestOrigin: (origin: Changed) => {
            changes.push(origin);
        },
    };
    const handler = runInNewContext(`${code.slice(IMPORT.length)}; handler`, { cf }) as (
        event: object,
    ) => Promise<Request>;
    return async (ip: string, request: Partial<Request> = {}): Promise<Changed | undefined> => {
        const given = { uri: "/updates/4.2.0/firmware.bin", headers: {}, querystring: {}, ...request };
        const before = JSON.stringify(given);
        const after = await handler({ viewer: { ip }, request: given });
        // Its path and what else the cache key is made of are the same whichever origin answers.
        expect(JSON.stringify(after)).to.equal(before);
        const [change, ...more] = changes.splice(0);
        expect(more).to.deep.equal([]);
        return change;
    };
}

/** Addresses as devices have them: neighbours, of both versions of the protocol. */
const viewers = Array.from({ length: 8000 }, (_, index) =>
    index % 4 === 0
        ? `2001:db8:${(index >> 8).toString(16)}::${(index & 255).toString(16)}`
        : `198.51.${index >> 8}.${index & 255}`,
);

async function movedAt(weight: string, among: readonly string[] = viewers): Promise<Set<string>> {
    const send = edge({ weight, objects: objects() });
    const moved = new Set<string>();
    for (const viewer of among) {
        if ((await send(viewer)) !== undefined) {
            moved.add(viewer);
        }
    }
    return moved;
}

describe("the function that chooses the origin", () => {
    it("fits CloudFront Functions: their size, and what their runtime knows", () => {
        const code = originWeightCode();
        expect(Buffer.byteLength(code)).to.be.at.most(10 * 1024);
        // Amazon CloudFront Developer Guide, "JavaScript runtime 2.0 features": ECMAScript 5.1, and of what came later
        // const, let, async and await, arrow functions, templates, rest parameters. Nothing that is not in that list.
        const file = ts.createSourceFile("origin-weight.js", code, ts.ScriptTarget.Latest, true);
        const unknown: string[] = [];
        const visit = (node: ts.Node): void => {
            if (
                ts.isClassDeclaration(node) ||
                ts.isSpreadElement(node) ||
                ts.isSpreadAssignment(node) ||
                ts.isForOfStatement(node) ||
                ts.isObjectBindingPattern(node) ||
                ts.isArrayBindingPattern(node) ||
                ts.isShorthandPropertyAssignment(node) ||
                (ts.isPropertyAccessExpression(node) && node.questionDotToken !== undefined) ||
                node.kind === ts.SyntaxKind.QuestionQuestionToken ||
                (ts.isCatchClause(node) && node.variableDeclaration === undefined)
            ) {
                unknown.push(node.getText());
            }
            ts.forEachChild(node, visit);
        };
        visit(file);
        expect(unknown).to.deep.equal([]);
    });

    it("sends nobody to the bucket at 0 and everybody at 100", async () => {
        expect((await movedAt("0")).size).to.equal(0);
        expect((await movedAt("100")).size).to.equal(viewers.length);
    });

    it("sends the share that the weight says, to a percent", async () => {
        for (const weight of [1, 25, 50, 99]) {
            const share = ((await movedAt(String(weight))).size / viewers.length) * 100;
            expect(share, `${weight} %`).to.be.within(weight - 1.5, weight + 1.5);
        }
        const few = (await movedAt("0.5")).size;
        expect(few).to.be.within(10, 80);
    });

    it("keeps a viewer where it is, and takes back only those that a smaller weight leaves out", async () => {
        const some = viewers.slice(0, 2000);
        const [less, again, more] = [
            await movedAt("25", some),
            await movedAt("25", some),
            await movedAt("60", some),
        ];
        expect([...again]).to.deep.equal([...less]);
        expect([...less].filter((viewer) => !more.has(viewer))).to.deep.equal([]);
    });

    it("asks the bucket as CloudFront's own, without what the balancer knows the distribution by", async () => {
        const send = edge({ weight: "100", objects: objects() });
        expect(await send("198.51.100.7")).to.deep.equal({
            domainName: BUCKET,
            originPath: "",
            originAccessControlConfig: {
                enabled: true,
                signingBehavior: "always",
                signingProtocol: "sigv4",
                originType: "s3",
            },
            customHeaders: {},
        });
    });

    it("leaves the balancer to answer when a value is missing or broken", async () => {
        const whole = { weight: "100", objects: objects() };
        expect(await edge(whole)("198.51.100.7")).not.to.equal(undefined);
        const broken: Record<string, string>[] = [
            {},
            { objects: whole.objects },
            { weight: whole.weight },
            { ...whole, objects: "{" },
            { ...whole, objects: "null" },
            { ...whole, objects: "{}" },
            ...["", " ", "100 %", "-1", "101", "100.5", "1e2", "NaN", "all", "0x10", "١"].map((weight) => ({
                ...whole,
                weight,
            })),
        ];
        for (const values of broken) {
            expect(await edge(values)("198.51.100.7"), JSON.stringify(values)).to.equal(undefined);
        }
    });

    it("finds the version's folder where one path means all versions, and trusts no other text", async () => {
        const byHeader = edge({ weight: "100", objects: objects({ place: "Header", name: "x-version" }) });
        const byQuery = edge({ weight: "100", objects: objects({ place: "QueryString", name: "v" }) });
        const header = (value: string) => byHeader("::1", { headers: { "x-version": { value } } });
        const query = (value: string) => byQuery("::1", { querystring: { v: { value } } });
        for (const ask of [header, query]) {
            expect((await ask("4.2.0-rc_1"))?.originPath).to.equal("/4.2.0-rc_1");
            expect((await ask("a".repeat(64)))?.originPath).to.equal(`/${"a".repeat(64)}`);
            for (const value of ["", "..", "../4.1.0", "4/2", "4%2e2", "4 2", "a".repeat(65)]) {
                expect(await ask(value), value).to.equal(undefined);
            }
        }
        expect(await byHeader("::1")).to.equal(undefined);
        expect(await byQuery("::1", { headers: { v: { value: "4" } } })).to.equal(undefined);
    });
});
