import { type Mutant } from "../../support/policies/mutation";
import { KEY_ARN } from "./documents";
import { setting, unsetting } from "./settings";

const VAULT = "aws:backup/vault:Vault";
const vault = {
    type: VAULT,
    name: "lone",
    fixture: [{ type: VAULT, name: "lone", inputs: { kmsKeyArn: KEY_ARN } }],
};

export const mutants: readonly Mutant[] = [
    unsetting(vault, "backup-vault-key", "left out", "kmsKeyArn", { message: "kmsKeyArn is not given" }),
    setting(
        vault,
        "backup-vault-key",
        "AWS's key",
        "kmsKeyArn",
        "arn:aws:kms:us-east-1:111122223333:alias/aws/backup",
        { message: "kmsKeyArn is a key of AWS's" },
    ),
];
