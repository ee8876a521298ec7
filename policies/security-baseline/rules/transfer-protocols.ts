import { resourceRule, texts } from "../../framework";

export const rule = resourceRule({
    id: "transfer-protocols",
    severity: "high",
    description: "Servers of Transfer Family do not speak FTP, which sends passwords and files in plain.",
    fix: 'Take "FTP" out of protocols; SFTP, FTPS and AS2 are encrypted.',
    frameworks: { controls: [], securityHub: ["Transfer.2"] },
    types: ["aws:transfer/server:Server"],
    check: ({ props }, report) => {
        // AWS's default is SFTP alone.
        if (texts(props.protocols).includes("FTP")) {
            report('sends passwords and files in plain: protocols has "FTP".');
        }
    },
});
