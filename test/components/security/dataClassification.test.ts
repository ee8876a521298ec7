import { expect } from "chai";
import { classified, DataClassification } from "../../../components/security/dataClassification";

describe("classified", () => {
    it("adds the classification to the tags given", () => {
        expect(classified(DataClassification.Internal, { team: "web" })).to.deep.equal({
            "data-classification": "internal",
            team: "web",
        });
    });

    it("needs no other tags", () => {
        expect(classified(DataClassification.Confidential)).to.deep.equal({
            "data-classification": "confidential",
        });
    });

    it("keeps a classification that was given", () => {
        const tags = { "data-classification": "public" };
        expect(classified(DataClassification.Internal, tags)).to.deep.equal(tags);
    });
});
