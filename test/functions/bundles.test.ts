/** What Lambda loads of the systems' functions. All of them are measured where they are all built: in test/emulator. */
import { expect } from "chai";
import { resolve } from "node:path";

import { bundleFunction } from "../../components/operations/lambdaCode";

const root = resolve(__dirname, "../..");

describe("the bundles of functions", () => {
    it("are smaller than a megabyte, name no machine and have no tracer, those with the most in them", () => {
        for (const name of ["catalogue", "payments"]) {
            const text = bundleFunction(name);
            expect(Buffer.byteLength(text), name).to.be.below(1_000_000);
            expect(text, name).not.to.include(root);
            expect(text, name).not.to.include("aws-xray-sdk");
        }
    });
});
