import { expect } from "chai";
import {
    AccountBaseline,
    type AccountBaselineArgs,
    ImageScanType,
} from "../../../../components/operations/accountBaseline/accountBaseline";
import { ofType, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../../support/preview";
import { inTestAccount, refusal } from "../../../support/surroundings";

const SCANNING = "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration";

const baseline = (registryScanning?: AccountBaselineArgs["registryScanning"]) => () =>
    new AccountBaseline(
        "shop-account",
        {
            region: TEST_REGION,
            accountId: TEST_ACCOUNT,
            homeRegion: false,
            ...(registryScanning === undefined ? {} : { registryScanning }),
        },
        inTestAccount(),
    );

describe("AccountBaseline's scanning of the registry", () => {
    it("is left as it is where nothing is said", async () => {
        expect(ofType(await previewProgram(baseline()), SCANNING)).to.deep.equal([]);
    });

    it("scans what is pushed, whatever it is, where no pattern is given", async () => {
        const scanning = one(await previewProgram(baseline({ type: ImageScanType.Basic })), SCANNING);
        expect(scanning.inputs).to.deep.include({
            region: TEST_REGION,
            scanType: "BASIC",
            rules: [
                {
                    scanFrequency: "SCAN_ON_PUSH",
                    repositoryFilters: [{ filter: "*", filterType: "WILDCARD" }],
                },
            ],
        });
    });

    it("scans again and again what is named so", async () => {
        const preview = await previewProgram(
            baseline({ type: ImageScanType.Enhanced, continuous: ["shop-prod/*"] }),
        );
        expect(one(preview, SCANNING).inputs).to.deep.include({
            scanType: "ENHANCED",
            rules: [
                {
                    scanFrequency: "CONTINUOUS_SCAN",
                    repositoryFilters: [{ filter: "shop-prod/*", filterType: "WILDCARD" }],
                },
            ],
        });
    });

    // Amazon ECR User Guide, "Scan images for software vulnerabilities": basic scanning knows on push and by hand.
    it("is refused where basic scanning is to go on and on, and without a pattern", async () => {
        const message = await refusal(
            baseline({ type: ImageScanType.Basic, onPush: [], continuous: ["Shop"] }),
        );
        expect(message).to.include("registryScanning.onPush is []; allowed: 1 to 100 patterns");
        expect(message).to.include(
            'registryScanning.continuous is ["Shop"]; allowed: nothing while type is BASIC',
        );
    });
});
