import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { expect } from "chai";
import { loadAwsNative } from "../../../../components/data/personalization/awsNative";
import { DATASET_TYPES, schemaOf } from "../../../../components/data/personalization/schemas";

const ROOT = path.join(__dirname, "..", "..", "..", "..");

/** What a program of one line has loaded of @pulumi/aws-native in the end, in a process of its own. */
function loadedBy(program: string): string[] {
    const script = `${program};
        const own = Object.keys(require.cache).filter((file) => file.includes("@pulumi/aws-native/"));
        console.log(JSON.stringify(own));`;
    const printed = execFileSync(process.execPath, ["--require=tsx/cjs", "-e", script], {
        cwd: ROOT,
        encoding: "utf8",
    });
    return JSON.parse(printed) as string[];
}

describe("@pulumi/aws-native", function () {
    this.timeout(60_000);

    it("is not loaded with the components", () => {
        expect(loadedBy('require("./components")')).to.deep.equal([]);
    });

    it("is loaded where it is needed, and no more of it than that", () => {
        const loaded = loadedBy(
            'require("./components/data/personalization/awsNative").loadAwsNative("a").personalize.Schema',
        );
        expect(loaded).to.include(require.resolve("@pulumi/aws-native/personalize/schema"));
        expect(loaded).not.to.include(require.resolve("@pulumi/aws-native"));
    });

    it("has the classes that are asked of it", () => {
        const { personalize, provider } = loadAwsNative("a");
        const classes = [
            personalize.Dataset,
            personalize.DatasetGroup,
            personalize.EventTracker,
            personalize.Schema,
            personalize.Solution,
            provider.Provider,
        ];
        expect(classes.map((made) => typeof made)).to.deep.equal(Array(6).fill("function"));
    });

    it("is said to be missing, and how it comes, where it is", () => {
        const missing = (name: string): never => {
            throw Object.assign(new Error(`Cannot find module '${name}'\nRequire stack:\n- a`), {
                code: "MODULE_NOT_FOUND",
            });
        };
        expect(() => loadAwsNative('meridian:index:Personalization "likes"', missing)).to.throw(
            'meridian:index:Personalization "likes" needs @pulumi/aws-native, which is not installed beside this ' +
                "package: npm install @pulumi/aws-native",
        );
    });

    it("is not blamed for what it lacks itself", () => {
        const broken = (): never => {
            throw Object.assign(new Error("Cannot find module 'left-pad'"), { code: "MODULE_NOT_FOUND" });
        };
        expect(() => loadAwsNative("a", broken)).to.throw("Cannot find module 'left-pad'");
    });
});

describe("the schemas of Personalization", () => {
    it("are Avro records of the datasets, without white space", () => {
        for (const [dataset, type] of Object.entries(DATASET_TYPES)) {
            const schema = schemaOf(dataset as keyof typeof DATASET_TYPES);
            expect(schema).not.to.match(/\n| {2}/);
            expect(JSON.parse(schema)).to.include({ type: "record", name: type, version: "1.0" });
        }
    });
});
