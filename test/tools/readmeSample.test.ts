import { expect } from "chai";
import { readmeWith, sampleOf, sampleOutput } from "../../tools/docs/readmeSample";

describe("README.md's sample of the preview", () => {
    it("is taken from the command, unless that fails", () => {
        expect(sampleOutput(["--help"])).to.match(/^Usage: npm run preview /);
        expect(() => sampleOutput(["--jsno"])).to.throw(
            "the preview ended with status 2:\nThere is no flag --jsno.",
        );
    });

    const output = [
        "Previewing prod-eu (eu-central-1): 1 to create",
        " +   Vpc3Tier  shop-vpc  97",
        "",
        "Previewing prod-us (us-east-1): 3 to create",
        "     Component  Name  Resources",
        " +   EncryptionKey  shop-key  2",
        "       data       Key; protected",
        " +   Vpc3Tier  shop-vpc  97",
        "       access     1 role",
        " +   ApiTier  shop-api  28",
        "",
        "Outputs: url",
        "",
        "Previewing prod-global (us-east-1): 1 to create",
        "     Component  Name  Resources",
        " +   AuroraGlobal  shop-db  15",
        "",
        "Summary:",
        "    3 to create",
        "",
        "Duration: 24.8 s",
        "",
    ].join("\n");

    it("shows some components of one stack, and the summary, and says where it leaves something out", () => {
        expect(sampleOf(output).split("\n")).to.deep.equal([
            "$ npm run --silent preview",
            "…",
            "Previewing prod-us (us-east-1): 3 to create",
            "     Component  Name  Resources",
            " …",
            " +   Vpc3Tier  shop-vpc  97",
            "       access     1 role",
            " …",
            "Summary:",
            "    3 to create",
            "",
            "Duration: 24.8 s",
            "",
        ]);
    });

    it("keeps how long it took, and nothing else of the old sample", () => {
        const readme = "a\n```console\n$ npm run --silent preview\nold\nDuration: 3.8 s\n```\nb $& c\n";
        expect(readmeWith(readme, output))
            .to.match(/\nDuration: 3\.8 s\n```\nb \$& c\n$/)
            .and.not.to.contain("old");
        expect(() => readmeWith("nothing", output)).to.throw("README.md has no sample of the preview");
        expect(() => sampleOf("Summary:\n")).to.throw("the preview shows no stack prod-us");
    });
});
