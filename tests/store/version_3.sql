-- A database as version 3 of the schema had it, written by that code; the full-text index is made of it.
CREATE TABLE "run" ( "id" INTEGER PRIMARY KEY, "started" TEXT NOT NULL, "finished" TEXT, "status" TEXT NOT NULL, "minex" TEXT NOT NULL, "model" TEXT NOT NULL, "lexicon" TEXT NOT NULL, "rules" TEXT NOT NULL, "versions" TEXT NOT NULL, "fingerprint" TEXT NOT NULL, "arguments" TEXT NOT NULL, "counts" TEXT NOT NULL, "message" TEXT NOT NULL, "pid" INTEGER NOT NULL, "host" TEXT NOT NULL ) STRICT;
CREATE TABLE "document" ( "id" TEXT PRIMARY KEY, "pmid" TEXT, "pmcid" TEXT, "doi" TEXT, "title" TEXT, "journal" TEXT, "date" TEXT, "year" INTEGER, "language" TEXT, "pubtypes" TEXT, "mesh" TEXT, "notices" TEXT, "status" TEXT NOT NULL, "status_reason" TEXT NOT NULL, "concern" TEXT, "content_hash" TEXT NOT NULL, "text_hash" TEXT NOT NULL, "fingerprint" TEXT NOT NULL, "record" TEXT NOT NULL, "source" TEXT, "origin" TEXT NOT NULL, "kept" INTEGER NOT NULL, "run_id" INTEGER NOT NULL REFERENCES "run"("id") ) STRICT;
CREATE TABLE "passage" ( "document" TEXT REFERENCES "document"("id"), "number" INTEGER, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, "kind" TEXT NOT NULL, "section" TEXT NOT NULL, "text" TEXT NOT NULL, "cells" TEXT, "anchors" TEXT, PRIMARY KEY ("document", "number") ) STRICT;
CREATE TABLE "concept" ( "id" TEXT PRIMARY KEY, "type" TEXT NOT NULL, "name" TEXT NOT NULL, "linked" INTEGER NOT NULL, "named_by" TEXT NOT NULL, "xrefs" TEXT NOT NULL ) STRICT;
CREATE TABLE "concept_parent" ( "concept" TEXT REFERENCES "concept"("id"), "parent" TEXT REFERENCES "concept"("id"), PRIMARY KEY ("concept", "parent") ) STRICT;
CREATE TABLE "concept_ancestor" ( "concept" TEXT REFERENCES "concept"("id"), "ancestor" TEXT REFERENCES "concept"("id"), "steps" INTEGER NOT NULL, PRIMARY KEY ("concept", "ancestor") ) STRICT;
CREATE TABLE "mention" ( "id" INTEGER PRIMARY KEY, "document" TEXT NOT NULL REFERENCES "document"("id"), "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, "text" TEXT NOT NULL, "type" TEXT NOT NULL, "concept" TEXT NOT NULL REFERENCES "concept"("id"), "name" TEXT NOT NULL, "concepts" TEXT NOT NULL, "finder" TEXT NOT NULL, "given_type" TEXT ) STRICT;
CREATE TABLE "triple" ( "id" TEXT PRIMARY KEY, "subject" TEXT NOT NULL REFERENCES "concept"("id"), "predicate" TEXT NOT NULL, "object" TEXT NOT NULL REFERENCES "concept"("id"), "sign" INTEGER NOT NULL, "belief" REAL NOT NULL, "evidence_count" INTEGER NOT NULL, "document_count" INTEGER NOT NULL, "negated_count" INTEGER NOT NULL, "hedged_count" INTEGER NOT NULL, "direct_count" INTEGER NOT NULL, "first_year" INTEGER, "last_year" INTEGER, "rolled_belief" REAL NOT NULL, "rolled_document_count" INTEGER NOT NULL, "contrary_document_count" INTEGER NOT NULL, "support" INTEGER NOT NULL, "opposition" INTEGER NOT NULL, "second_hand" INTEGER NOT NULL, "second_hand_against" INTEGER NOT NULL, "rolled_support" INTEGER NOT NULL, "rolled_opposition" INTEGER NOT NULL, "rolled_second_hand" INTEGER NOT NULL, "rolled_second_hand_against" INTEGER NOT NULL, "rolled_denying_count" INTEGER NOT NULL, "right_count" INTEGER NOT NULL, "wrong_count" INTEGER NOT NULL, "run_id" INTEGER NOT NULL REFERENCES "run"("id") ) STRICT;
CREATE TABLE "evidence" ( "nr" INTEGER PRIMARY KEY, "id" TEXT NOT NULL, "triple" TEXT NOT NULL REFERENCES "triple"("id"), "document" TEXT NOT NULL REFERENCES "document"("id"), "sentence" TEXT NOT NULL, "sentence_start" INTEGER NOT NULL, "sentence_end" INTEGER NOT NULL, "subject_start" INTEGER NOT NULL, "subject_end" INTEGER NOT NULL, "subject_text" TEXT NOT NULL, "subject_type" TEXT NOT NULL, "object_start" INTEGER NOT NULL, "object_end" INTEGER NOT NULL, "object_text" TEXT NOT NULL, "object_type" TEXT NOT NULL, "trigger_start" INTEGER, "trigger_end" INTEGER, "trigger_text" TEXT, "predicate" TEXT NOT NULL, "sign" INTEGER NOT NULL, "direct" INTEGER NOT NULL, "negated" INTEGER NOT NULL, "hedged" INTEGER NOT NULL, "correlation" INTEGER, "manipulation" TEXT NOT NULL, "method" TEXT NOT NULL, "also" TEXT NOT NULL, "rule" TEXT NOT NULL, "overridden" TEXT NOT NULL, "confidence" REAL NOT NULL, "origin" TEXT NOT NULL, "section" TEXT NOT NULL, "source_start" INTEGER, "source_end" INTEGER, "run_id" INTEGER NOT NULL REFERENCES "run"("id") ) STRICT;
CREATE TABLE "context" ( "id" INTEGER PRIMARY KEY, "evidence" INTEGER NOT NULL REFERENCES "evidence"("nr"), "slot" TEXT NOT NULL, "concept" TEXT NOT NULL REFERENCES "concept"("id"), "name" TEXT NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, "source" TEXT NOT NULL ) STRICT;
CREATE TABLE "document_source" ( "document" TEXT REFERENCES "document"("id"), "record" TEXT, "version" INTEGER NOT NULL, "content_hash" TEXT NOT NULL, "text_hash" TEXT NOT NULL, "characters" INTEGER NOT NULL, "status" TEXT NOT NULL, "status_reason" TEXT NOT NULL, "metadata" TEXT NOT NULL, "source" TEXT NOT NULL, "origin" TEXT NOT NULL, "run_id" INTEGER NOT NULL REFERENCES "run"("id"), PRIMARY KEY ("document", "record") ) STRICT;
CREATE TABLE "notice" ( "document" TEXT REFERENCES "document"("id"), "record" TEXT, "kind" TEXT, "target" TEXT, "text" TEXT NOT NULL, PRIMARY KEY ("document", "record", "kind", "target") ) STRICT;
CREATE TABLE "mark" ( "document" TEXT, "status" TEXT, "by" TEXT, "reason" TEXT NOT NULL, "run_id" INTEGER NOT NULL, PRIMARY KEY ("document", "status", "by") ) STRICT;
CREATE TABLE "query" ( "name" TEXT PRIMARY KEY, "title" TEXT NOT NULL, "term" TEXT NOT NULL, "definition" TEXT NOT NULL, "watermark" TEXT, "created" TEXT NOT NULL, "updated" TEXT NOT NULL ) STRICT;
CREATE TABLE "query_hit" ( "query" TEXT REFERENCES "query"("name"), "document" TEXT, "status" TEXT NOT NULL, "status_reason" TEXT NOT NULL, "first_run" INTEGER NOT NULL REFERENCES "run"("id"), "last_run" INTEGER NOT NULL REFERENCES "run"("id"), PRIMARY KEY ("query", "document") ) STRICT;
CREATE TABLE "sync_window" ( "id" INTEGER PRIMARY KEY, "query" TEXT NOT NULL REFERENCES "query"("name"), "run_id" INTEGER NOT NULL REFERENCES "run"("id"), "parent" INTEGER REFERENCES "sync_window"("id"), "source" TEXT NOT NULL, "date_type" TEXT NOT NULL, "first_day" TEXT NOT NULL, "last_day" TEXT NOT NULL, "batch" INTEGER, "expected" INTEGER, "fetched" INTEGER, "status" TEXT NOT NULL, "message" TEXT NOT NULL, "started" TEXT, "finished" TEXT ) STRICT;
CREATE TABLE "failure" ( "id" TEXT PRIMARY KEY, "run_id" INTEGER NOT NULL REFERENCES "run"("id"), "stage" TEXT NOT NULL, "code" TEXT NOT NULL, "message" TEXT NOT NULL, "place" TEXT NOT NULL, "document" TEXT, "record" TEXT NOT NULL, "file" TEXT NOT NULL, "time" TEXT NOT NULL ) STRICT;
CREATE TABLE "triple_change" ( "run_id" INTEGER REFERENCES "run"("id"), "triple" TEXT, "old_belief" REAL NOT NULL, "new_belief" REAL NOT NULL, "old_rolled_belief" REAL NOT NULL, "new_rolled_belief" REAL NOT NULL, "old_evidence_count" INTEGER NOT NULL, "new_evidence_count" INTEGER NOT NULL, "old_document_count" INTEGER NOT NULL, "new_document_count" INTEGER NOT NULL, PRIMARY KEY ("run_id", "triple") ) STRICT;
CREATE TABLE "change_cause" ( "run_id" INTEGER REFERENCES "run"("id"), "triple" TEXT, "document" TEXT, "reason" TEXT NOT NULL, "old_evidence_count" INTEGER NOT NULL, "new_evidence_count" INTEGER NOT NULL, "sentence" TEXT, PRIMARY KEY ("run_id", "triple", "document") ) STRICT;
CREATE TABLE "gone_triple" ( "id" TEXT PRIMARY KEY, "subject" TEXT NOT NULL, "predicate" TEXT NOT NULL, "object" TEXT NOT NULL, "sign" INTEGER NOT NULL, "subject_name" TEXT NOT NULL, "subject_type" TEXT NOT NULL, "object_name" TEXT NOT NULL, "object_type" TEXT NOT NULL ) STRICT;
CREATE TABLE "history" ( "run_id" INTEGER PRIMARY KEY REFERENCES "run"("id"), "since" TEXT NOT NULL ) STRICT;
CREATE TABLE "verdict" ( "evidence" TEXT, "who" TEXT, "verdict" TEXT NOT NULL, "note" TEXT NOT NULL, "time" TEXT NOT NULL, "document" TEXT NOT NULL, "triple" TEXT NOT NULL, "subject" TEXT NOT NULL, "predicate" TEXT NOT NULL, "object" TEXT NOT NULL, "sign" INTEGER NOT NULL, "negated" INTEGER NOT NULL, "sentence" TEXT NOT NULL, "sentence_start" INTEGER NOT NULL, "sentence_end" INTEGER NOT NULL, "subject_start" INTEGER NOT NULL, "subject_end" INTEGER NOT NULL, "object_start" INTEGER NOT NULL, "object_end" INTEGER NOT NULL, "rule" TEXT NOT NULL, "confidence" REAL NOT NULL, PRIMARY KEY ("evidence", "who") ) STRICT;
CREATE VIRTUAL TABLE "evidence_fts" USING FTS5 ( "sentence", tokenize='porter unicode61', content="evidence" );
INSERT INTO "run" VALUES (1, '2026-11-22T00:17:39+00:00', NULL, 'killed', '0.1.0', '', '', '', '{"minex": "0.1.0"}', 'f', '[]', '{}', '', 22106, 'vm');
INSERT INTO "run" VALUES (2, '2026-11-22T00:17:39+00:00', NULL, 'running', '0.1.0', '', '', '', '{"minex": "0.1.0"}', 'f', '[]', '{}', '', 22106, 'vm');
INSERT INTO "document" VALUES ('PMID:1', '1', NULL, NULL, 'Title 1', '', '2018', 2018, '', '[]', '[]', '[]', 'active', '', NULL, '3eb965ae9b7fa8e69848450a46fab93e', '951ec21ff513ff09007d89c4173785d1', 'f', 'citation', '', 'file', 1, 1);
INSERT INTO "document" VALUES ('PMID:2', '2', NULL, NULL, 'Title 2', '', '2018', 2018, '', '[]', '[]', '[]', 'active', '', NULL, '93c2b2e9f309a7182dbebf8dd9bee1eb', '40b9f1f18871b45e2fba0be70e9e5d18', 'f', 'citation', '', 'file', 1, 1);
INSERT INTO "document" VALUES ('PMID:3', '3', NULL, NULL, 'Title 3', '', '2018', 2018, '', '[]', '[]', '[]', 'retracted', 'RetractionOf in PMID:4', NULL, 'e0fafa6b9a05ca6c3ce38c4c3358ea54', '7f5fbd6b2843227de5d9b8687c851073', 'f', 'citation', '', 'file', 1, 1);
INSERT INTO "document" VALUES ('PMID:4', '4', NULL, NULL, NULL, NULL, NULL, 2018, NULL, NULL, NULL, NULL, 'active', '', NULL, 'c76e16e06fbec02774e0e582a35a4f3f', '779b4a657f1da98e2df995b038098cad', 'f', 'citation', NULL, 'file', 0, 2);
INSERT INTO "document" VALUES ('PMID:5', '5', NULL, NULL, 'Title 5', '', '2018', 2018, '', '[]', '[]', '[]', 'active', '', NULL, '66f1216425cbecb17b15504239701df8', 'fad6e537c529e553cc9d2dfb5786199e', 'f', 'citation', '', 'file', 1, 2);
INSERT INTO "passage" VALUES ('PMID:1', 0, 0, 38, 'text', 'RESULTS', 'miR-21-5p targets PTEN in lung cancer.', NULL, NULL);
INSERT INTO "passage" VALUES ('PMID:2', 0, 0, 76, 'text', 'RESULTS', 'miR-21-5p targets PTEN in cancer through exosome. miR-21-3p decreases EGLN1.', NULL, NULL);
INSERT INTO "passage" VALUES ('PMID:3', 0, 0, 43, 'text', 'RESULTS', 'hypoxia increases miR-21-5p in lung cancer.', NULL, NULL);
INSERT INTO "passage" VALUES ('PMID:5', 0, 0, 28, 'text', 'RESULTS', 'hypoxia increases miR-21-5p.', NULL, NULL);
INSERT INTO "concept" VALUES ('mirbase.mature:MIMAT0004494', 'MIRNA', 'miR-21-3p', 1, 'lexicon', '[]');
INSERT INTO "concept" VALUES ('mirbase:MI0000077', 'MIRNA', 'miR-21', 1, 'lexicon', '[]');
INSERT INTO "concept" VALUES ('minex.family:mir-21', 'MIRNA', 'miR-21 family', 1, 'lexicon', '[]');
INSERT INTO "concept" VALUES ('mirbase.mature:MIMAT0000076', 'MIRNA', 'miR-21-5p', 1, 'lexicon', '["RNAcentral:1"]');
INSERT INTO "concept" VALUES ('MESH:D000860', 'CONDITION', 'hypoxia', 1, 'lexicon', '[]');
INSERT INTO "concept" VALUES ('HGNC:9588', 'GENE', 'PTEN', 1, 'lexicon', '[]');
INSERT INTO "concept" VALUES ('HGNC:1232', 'GENE', 'EGLN1', 1, 'lexicon', '[]');
INSERT INTO "concept" VALUES ('GO:0070062', 'VESICLE', 'exosome', 1, 'lexicon', '[]');
INSERT INTO "concept" VALUES ('GO:1903561', 'VESICLE', 'extracellular vesicle', 1, 'lexicon', '[]');
INSERT INTO "concept" VALUES ('DOID:162', 'CANCER', 'cancer', 1, 'lexicon', '[]');
INSERT INTO "concept" VALUES ('DOID:1324', 'CANCER', 'lung cancer', 1, 'lexicon', '[]');
INSERT INTO "concept_parent" VALUES ('mirbase.mature:MIMAT0004494', 'mirbase:MI0000077');
INSERT INTO "concept_parent" VALUES ('mirbase:MI0000077', 'minex.family:mir-21');
INSERT INTO "concept_parent" VALUES ('mirbase.mature:MIMAT0000076', 'mirbase:MI0000077');
INSERT INTO "concept_parent" VALUES ('GO:0070062', 'GO:1903561');
INSERT INTO "concept_parent" VALUES ('DOID:1324', 'DOID:162');
INSERT INTO "concept_ancestor" VALUES ('mirbase.mature:MIMAT0004494', 'mirbase.mature:MIMAT0004494', 0);
INSERT INTO "concept_ancestor" VALUES ('mirbase.mature:MIMAT0004494', 'mirbase:MI0000077', 1);
INSERT INTO "concept_ancestor" VALUES ('mirbase.mature:MIMAT0004494', 'minex.family:mir-21', 2);
INSERT INTO "concept_ancestor" VALUES ('mirbase:MI0000077', 'mirbase:MI0000077', 0);
INSERT INTO "concept_ancestor" VALUES ('mirbase:MI0000077', 'minex.family:mir-21', 1);
INSERT INTO "concept_ancestor" VALUES ('minex.family:mir-21', 'minex.family:mir-21', 0);
INSERT INTO "concept_ancestor" VALUES ('mirbase.mature:MIMAT0000076', 'mirbase.mature:MIMAT0000076', 0);
INSERT INTO "concept_ancestor" VALUES ('mirbase.mature:MIMAT0000076', 'mirbase:MI0000077', 1);
INSERT INTO "concept_ancestor" VALUES ('mirbase.mature:MIMAT0000076', 'minex.family:mir-21', 2);
INSERT INTO "concept_ancestor" VALUES ('MESH:D000860', 'MESH:D000860', 0);
INSERT INTO "concept_ancestor" VALUES ('HGNC:9588', 'HGNC:9588', 0);
INSERT INTO "concept_ancestor" VALUES ('HGNC:1232', 'HGNC:1232', 0);
INSERT INTO "concept_ancestor" VALUES ('GO:0070062', 'GO:0070062', 0);
INSERT INTO "concept_ancestor" VALUES ('GO:0070062', 'GO:1903561', 1);
INSERT INTO "concept_ancestor" VALUES ('GO:1903561', 'GO:1903561', 0);
INSERT INTO "concept_ancestor" VALUES ('DOID:162', 'DOID:162', 0);
INSERT INTO "concept_ancestor" VALUES ('DOID:1324', 'DOID:1324', 0);
INSERT INTO "concept_ancestor" VALUES ('DOID:1324', 'DOID:162', 1);
INSERT INTO "mention" VALUES (1, 'PMID:1', 0, 9, 'miR-21-5p', 'MIRNA', 'mirbase.mature:MIMAT0000076', 'miR-21-5p', '["mirbase.mature:MIMAT0000076"]', 'lexicon', NULL);
INSERT INTO "mention" VALUES (2, 'PMID:1', 18, 22, 'PTEN', 'GENE', 'HGNC:9588', 'PTEN', '["HGNC:9588"]', 'lexicon', NULL);
INSERT INTO "mention" VALUES (3, 'PMID:1', 26, 37, 'lung cancer', 'CANCER', 'DOID:1324', 'lung cancer', '["DOID:1324"]', 'lexicon', NULL);
INSERT INTO "mention" VALUES (4, 'PMID:2', 0, 9, 'miR-21-5p', 'MIRNA', 'mirbase.mature:MIMAT0000076', 'miR-21-5p', '["mirbase.mature:MIMAT0000076"]', 'lexicon', NULL);
INSERT INTO "mention" VALUES (5, 'PMID:2', 18, 22, 'PTEN', 'GENE', 'HGNC:9588', 'PTEN', '["HGNC:9588"]', 'lexicon', NULL);
INSERT INTO "mention" VALUES (6, 'PMID:2', 26, 32, 'cancer', 'CANCER', 'DOID:162', 'cancer', '["DOID:162"]', 'lexicon', NULL);
INSERT INTO "mention" VALUES (7, 'PMID:2', 41, 48, 'exosome', 'VESICLE', 'GO:0070062', 'exosome', '["GO:0070062"]', 'lexicon', NULL);
INSERT INTO "mention" VALUES (8, 'PMID:2', 50, 59, 'miR-21-3p', 'MIRNA', 'mirbase.mature:MIMAT0004494', 'miR-21-3p', '["mirbase.mature:MIMAT0004494"]', 'lexicon', NULL);
INSERT INTO "mention" VALUES (9, 'PMID:2', 70, 75, 'EGLN1', 'GENE', 'HGNC:1232', 'EGLN1', '["HGNC:1232"]', 'lexicon', NULL);
INSERT INTO "mention" VALUES (10, 'PMID:3', 0, 7, 'hypoxia', 'CONDITION', 'MESH:D000860', 'hypoxia', '["MESH:D000860"]', 'lexicon', NULL);
INSERT INTO "mention" VALUES (11, 'PMID:3', 18, 27, 'miR-21-5p', 'MIRNA', 'mirbase.mature:MIMAT0000076', 'miR-21-5p', '["mirbase.mature:MIMAT0000076"]', 'lexicon', NULL);
INSERT INTO "mention" VALUES (12, 'PMID:3', 31, 42, 'lung cancer', 'CANCER', 'DOID:1324', 'lung cancer', '["DOID:1324"]', 'lexicon', NULL);
INSERT INTO "mention" VALUES (13, 'PMID:5', 0, 7, 'hypoxia', 'CONDITION', 'MESH:D000860', 'hypoxia', '["MESH:D000860"]', 'lexicon', NULL);
INSERT INTO "mention" VALUES (14, 'PMID:5', 18, 27, 'miR-21-5p', 'MIRNA', 'mirbase.mature:MIMAT0000076', 'miR-21-5p', '["mirbase.mature:MIMAT0000076"]', 'lexicon', NULL);
INSERT INTO "triple" VALUES ('9959511c8bf067db', 'mirbase.mature:MIMAT0000076', 'targets', 'HGNC:9588', -1, 0.96, 2, 2, 0, 0, 0, 2018, 2018, 0.96, 2, 0, 3218875824, 0, 0, 0, 3218875824, 0, 0, 0, 0, 0, 0, 1);
INSERT INTO "triple" VALUES ('7806096bfa3dc97b', 'mirbase.mature:MIMAT0004494', 'decreases', 'HGNC:1232', -1, 0.0, 0, 0, 0, 0, 0, NULL, NULL, 0.0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1);
INSERT INTO "triple" VALUES ('59ed7caf2bbff117', 'MESH:D000860', 'increases', 'mirbase.mature:MIMAT0000076', 1, 0.8, 1, 1, 0, 0, 0, 2018, 2018, 0.8, 1, 0, 1609437912, 0, 0, 0, 1609437912, 0, 0, 0, 0, 0, 0, 1);
INSERT INTO "evidence" VALUES (1, 'c95e9be05c6d63c1', '9959511c8bf067db', 'PMID:1', 'miR-21-5p targets PTEN in lung cancer.', 0, 38, 0, 9, 'miR-21-5p', 'MIRNA', 18, 22, 'PTEN', 'GENE', 10, 17, 'targets', 'targets', -1, 0, 0, 0, NULL, '[]', '[]', '[]', 'active_verb', '[]', 0.8, 'own', 'RESULTS', NULL, NULL, 1);
INSERT INTO "evidence" VALUES (2, '3a6036e344e77c52', '9959511c8bf067db', 'PMID:2', 'miR-21-5p targets PTEN in cancer through exosome.', 0, 49, 0, 9, 'miR-21-5p', 'MIRNA', 18, 22, 'PTEN', 'GENE', 10, 17, 'targets', 'targets', -1, 0, 0, 0, NULL, '[]', '[]', '[]', 'active_verb', '[]', 0.8, 'own', 'RESULTS', NULL, NULL, 1);
INSERT INTO "evidence" VALUES (3, 'aa860f132a203dca', '7806096bfa3dc97b', 'PMID:2', 'miR-21-3p decreases EGLN1.', 50, 76, 50, 59, 'miR-21-3p', 'MIRNA', 70, 75, 'EGLN1', 'GENE', 60, 69, 'decreases', 'decreases', -1, 0, 0, 0, NULL, '[]', '[]', '[]', 'active_verb', '[]', 0.8, 'own', 'RESULTS', NULL, NULL, 1);
INSERT INTO "evidence" VALUES (4, '8f4b76345d70312a', '59ed7caf2bbff117', 'PMID:3', 'hypoxia increases miR-21-5p in lung cancer.', 0, 43, 0, 7, 'hypoxia', 'CONDITION', 18, 27, 'miR-21-5p', 'MIRNA', 8, 17, 'increases', 'increases', 1, 0, 0, 0, NULL, '[]', '[]', '[]', 'active_verb', '[]', 0.8, 'own', 'RESULTS', NULL, NULL, 1);
INSERT INTO "evidence" VALUES (5, '2d3ec9dda0d8e16e', '59ed7caf2bbff117', 'PMID:5', 'hypoxia increases miR-21-5p.', 0, 28, 0, 7, 'hypoxia', 'CONDITION', 18, 27, 'miR-21-5p', 'MIRNA', 8, 17, 'increases', 'increases', 1, 0, 0, 0, NULL, '[]', '[]', '[]', 'active_verb', '[]', 0.8, 'own', 'RESULTS', NULL, NULL, 2);
INSERT INTO "context" VALUES (1, 1, 'cancer', 'DOID:1324', 'lung cancer', 26, 37, 'sentence');
INSERT INTO "context" VALUES (2, 2, 'cancer', 'DOID:162', 'cancer', 26, 32, 'sentence');
INSERT INTO "context" VALUES (3, 2, 'vesicle', 'GO:0070062', 'exosome', 41, 48, 'sentence');
INSERT INTO "context" VALUES (4, 4, 'cancer', 'DOID:1324', 'lung cancer', 31, 42, 'sentence');
INSERT INTO "document_source" VALUES ('PMID:1', 'citation', 1, '3eb965ae9b7fa8e69848450a46fab93e', '951ec21ff513ff09007d89c4173785d1', 38, 'active', '', '{"pmid": "1", "title": "Title 1", "date": "2018"}', '', 'file', 1);
INSERT INTO "document_source" VALUES ('PMID:2', 'citation', 1, '93c2b2e9f309a7182dbebf8dd9bee1eb', '40b9f1f18871b45e2fba0be70e9e5d18', 76, 'active', '', '{"pmid": "2", "title": "Title 2", "date": "2018"}', '', 'file', 1);
INSERT INTO "document_source" VALUES ('PMID:3', 'citation', 1, 'e0fafa6b9a05ca6c3ce38c4c3358ea54', '7f5fbd6b2843227de5d9b8687c851073', 43, 'active', '', '{"pmid": "3", "title": "Title 3", "date": "2018"}', '', 'file', 1);
INSERT INTO "document_source" VALUES ('PMID:4', 'citation', 1, 'c76e16e06fbec02774e0e582a35a4f3f', '779b4a657f1da98e2df995b038098cad', 7, 'active', '', '{"pmid": "4", "title": "Title 4", "date": "2018", "references": [{"kind": "RetractionOf", "pmid": "3", "text": "J. 2020"}]}', '', 'file', 2);
INSERT INTO "document_source" VALUES ('PMID:5', 'citation', 1, '66f1216425cbecb17b15504239701df8', 'fad6e537c529e553cc9d2dfb5786199e', 28, 'active', '', '{"pmid": "5", "title": "Title 5", "date": "2018"}', '', 'file', 2);
INSERT INTO "notice" VALUES ('PMID:4', 'citation', 'RetractionOf', 'PMID:3', 'J. 2020');
INSERT INTO "triple_change" VALUES (1, '59ed7caf2bbff117', 0.0, 0.8, 0.0, 0.8, 0, 1, 0, 1);
INSERT INTO "triple_change" VALUES (1, '7806096bfa3dc97b', 0.0, 0.8, 0.0, 0.8, 0, 1, 0, 1);
INSERT INTO "triple_change" VALUES (1, '9959511c8bf067db', 0.0, 0.96, 0.0, 0.96, 0, 2, 0, 2);
INSERT INTO "triple_change" VALUES (2, '7806096bfa3dc97b', 0.8, 0.0, 0.8, 0.0, 1, 0, 1, 0);
INSERT INTO "change_cause" VALUES (1, '9959511c8bf067db', 'PMID:1', 'new', 0, 1, NULL);
INSERT INTO "change_cause" VALUES (1, '9959511c8bf067db', 'PMID:2', 'new', 0, 1, NULL);
INSERT INTO "change_cause" VALUES (1, '7806096bfa3dc97b', 'PMID:2', 'new', 0, 1, NULL);
INSERT INTO "change_cause" VALUES (1, '59ed7caf2bbff117', 'PMID:3', 'new', 0, 1, NULL);
INSERT INTO "change_cause" VALUES (2, '59ed7caf2bbff117', 'PMID:3', 'retracted', 1, 0, 'hypoxia increases miR-21-5p in lung cancer.');
INSERT INTO "change_cause" VALUES (2, '59ed7caf2bbff117', 'PMID:5', 'new', 0, 1, NULL);
INSERT INTO "change_cause" VALUES (2, '7806096bfa3dc97b', 'PMID:2', 'judged', 1, 0, 'miR-21-3p decreases EGLN1.');
INSERT INTO "verdict" VALUES ('aa860f132a203dca', 'ann', 'wrong', 'not stated', '2026-11-22T00:17:39+00:00', 'PMID:2', '7806096bfa3dc97b', 'miR-21-3p', 'decreases', 'EGLN1', -1, 0, 'miR-21-3p decreases EGLN1.', 50, 76, 50, 59, 70, 75, 'active_verb', 0.8);
CREATE INDEX "idx_document_pmid"
    ON "document" ("pmid");
CREATE INDEX "idx_document_pmcid"
    ON "document" ("pmcid");
CREATE INDEX "idx_document_doi"
    ON "document" ("doi");
CREATE INDEX "idx_concept_name"
    ON "concept" ("name");
CREATE INDEX "idx_concept_parent_parent"
    ON "concept_parent" ("parent");
CREATE INDEX "idx_concept_ancestor_ancestor"
    ON "concept_ancestor" ("ancestor");
CREATE INDEX "idx_mention_document"
    ON "mention" ("document");
CREATE INDEX "idx_mention_concept"
    ON "mention" ("concept");
CREATE INDEX "idx_triple_subject_object_predicate"
    ON "triple" ("subject", "object", "predicate");
CREATE INDEX "idx_triple_object"
    ON "triple" ("object");
CREATE INDEX "idx_triple_run_id"
    ON "triple" ("run_id");
CREATE INDEX "idx_evidence_triple"
    ON "evidence" ("triple");
CREATE INDEX "idx_evidence_document"
    ON "evidence" ("document");
CREATE INDEX "idx_evidence_run_id"
    ON "evidence" ("run_id");
CREATE INDEX "idx_context_evidence"
    ON "context" ("evidence");
CREATE INDEX "idx_context_concept"
    ON "context" ("concept");
CREATE INDEX "idx_notice_target"
    ON "notice" ("target");
CREATE INDEX "idx_query_hit_document"
    ON "query_hit" ("document");
CREATE INDEX "idx_sync_window_query_status"
    ON "sync_window" ("query", "status");
CREATE INDEX "idx_failure_document"
    ON "failure" ("document");
CREATE INDEX "idx_failure_file"
    ON "failure" ("file");
CREATE INDEX "idx_triple_change_triple"
    ON "triple_change" ("triple");
CREATE INDEX "idx_change_cause_document"
    ON "change_cause" ("document");
CREATE INDEX "idx_verdict_document"
    ON "verdict" ("document");
CREATE UNIQUE INDEX "idx_evidence_id"
    ON "evidence" ("id");
CREATE INDEX idx_document_doi_folded ON document (doi COLLATE NOCASE);
CREATE VIEW "judged" AS -- The verdict that counts on each piece of evidence that somebody judged, the newest, and whether it is read now.
SELECT v.evidence, v.verdict, v.who, v.time, v.note,
       (SELECT count(*) FROM verdict o WHERE o.evidence = v.evidence AND o.verdict <> v.verdict) AS disagreeing,
       EXISTS (SELECT 1 FROM evidence e JOIN document d ON d.id = e.document AND d.status = 'active'
               WHERE e.id = v.evidence) AS is_read,
       v.subject, v.predicate, v.object, v.sign, v.negated, v.sentence, v.document, v.rule, v.confidence,
       v.triple AS triple_id
FROM verdict v
WHERE NOT EXISTS (SELECT 1 FROM verdict n WHERE n.evidence = v.evidence AND (n.time, n.who) > (v.time, v.who));
CREATE VIEW "triple_named" AS -- Each triple with the names of its concepts, as specific as the text was.
SELECT t.id, s.name AS subject, t.predicate, t.sign, o.name AS object,
       t.belief, t.evidence_count, t.document_count, t.negated_count, t.hedged_count, t.direct_count,
       t.first_year, t.last_year, t.rolled_belief, t.rolled_document_count, t.contrary_document_count,
       t.right_count, t.wrong_count,
       s.type AS subject_type, o.type AS object_type, t.subject AS subject_id, t.object AS object_id
FROM triple t
JOIN concept s ON s.id = t.subject
JOIN concept o ON o.id = t.object
WHERE t.evidence_count > 0;
CREATE VIEW "triple_rolled" AS -- Each triple once for every concept that its subject and its object belong to, themselves included:
-- asking for subject_asked = 'miR-21' also gives what is said of miR-21-3p, and the steps say that it did.
SELECT sa.name AS subject_asked, oa.name AS object_asked,
       n.*, su.steps AS subject_steps, ou.steps AS object_steps,
       su.ancestor AS subject_asked_id, ou.ancestor AS object_asked_id
FROM triple_named n
JOIN concept_ancestor su ON su.concept = n.subject_id
JOIN concept_ancestor ou ON ou.concept = n.object_id
JOIN concept sa ON sa.id = su.ancestor
JOIN concept oa ON oa.id = ou.ancestor;
CREATE VIEW "mirna_target" AS -- What each miRNA does to each gene, the predicates of one sign taken together.
SELECT subject AS mirna, object AS target,
       CASE sign WHEN -1 THEN 'represses' WHEN 1 THEN 'raises' ELSE 'unsigned' END AS effect,
       sign,
       (SELECT group_concat(predicate)
        FROM (SELECT DISTINCT p.predicate FROM triple p
              WHERE p.subject = n.subject_id AND p.object = n.object_id AND p.sign = n.sign
                AND p.evidence_count > 0
              ORDER BY p.predicate)) AS predicates,
       max(rolled_belief) AS belief,
       sum(evidence_count) AS evidence_count,
       max(rolled_document_count) AS document_count,
       max(contrary_document_count) AS contrary_document_count,
       sum(direct_count) AS direct_count,
       sum(negated_count) AS negated_count,
       sum(hedged_count) AS hedged_count,
       (SELECT group_concat(method)
        FROM (SELECT DISTINCT m.value AS method
              FROM triple t JOIN evidence e ON e.triple = t.id JOIN document d ON d.id = e.document,
                   json_each(e.method) m
              WHERE t.subject = n.subject_id AND t.object = n.object_id AND t.sign = n.sign
                AND d.status = 'active' AND coalesce((SELECT v.verdict FROM verdict v WHERE v.evidence = e.id ORDER BY v.time DESC, v.who DESC LIMIT 1), 'right') = 'right'
              ORDER BY m.value)) AS methods,
       min(first_year) AS first_year, max(last_year) AS last_year,
       subject_id AS mirna_id, object_id AS target_id
FROM triple_named n
WHERE subject_type = 'MIRNA' AND object_type IN ('GENE', 'LNCRNA', 'MIRNA')
GROUP BY subject_id, object_id, sign;
CREATE VIEW "factor_in_cancer" AS -- Each piece of evidence with the factor that it speaks of and the cancer in which it does.
-- `role` says what it tells of the factor: function, mechanism, response, vesicle, level or other.
WITH said AS (
    SELECT e.nr AS evidence, e.document, e.triple, e.predicate, e.sign, e.negated, e.hedged,
           t.subject, t.object, s.type AS subject_type, o.type AS object_type
    FROM evidence e
    JOIN document d ON d.id = e.document AND d.status = 'active'
    JOIN triple t ON t.id = e.triple
    JOIN concept s ON s.id = t.subject
    JOIN concept o ON o.id = t.object
    WHERE coalesce((SELECT v.verdict FROM verdict v WHERE v.evidence = e.id ORDER BY v.time DESC, v.who DESC LIMIT 1), 'right') = 'right'
),
of_factor AS (
    -- The factor acts: it is the subject.
    SELECT evidence, document, triple, predicate, sign, negated, hedged, subject AS factor, object AS other,
           CASE WHEN object_type = 'PROCESS' THEN 'function'
                WHEN object_type IN ('GENE', 'MIRNA', 'LNCRNA', 'CHEMICAL') THEN 'mechanism'
                WHEN object_type = 'VESICLE' THEN 'vesicle'
                WHEN object_type = 'CANCER' THEN 'level'
                ELSE 'other' END AS role
    FROM said
    WHERE subject_type IN ('MIRNA', 'GENE', 'LNCRNA')
    UNION ALL
    -- A condition changes the factor: it is the object.
    SELECT evidence, document, triple, predicate, sign, negated, hedged, object, subject, 'response'
    FROM said
    WHERE subject_type = 'CONDITION' AND object_type IN ('MIRNA', 'GENE', 'LNCRNA')
)
-- The cancer of the context, and the cancer that is the object itself; one row where both are the same.
SELECT f.*, c.concept AS cancer
FROM of_factor f
JOIN context c ON c.evidence = f.evidence AND c.slot = 'cancer'
UNION
SELECT f.*, f.other AS cancer
FROM of_factor f
WHERE f.role = 'level';
CREATE VIEW "cancer_factor" AS -- Which factors are up or down in which cancer, promote or suppress it, or act in it.
SELECT f.name AS factor, f.type AS factor_type, c.name AS cancer,
       CASE WHEN l.other = l.cancer THEN l.predicate
            WHEN l.role = 'response' THEN 'responds_in'
            ELSE 'acts_in' END AS relation,
       CASE WHEN l.other = l.cancer THEN l.sign ELSE 0 END AS relation_sign,
       count(DISTINCT l.evidence) AS evidence_count,
       count(DISTINCT l.document) AS document_count,
       count(DISTINCT CASE WHEN l.negated THEN l.evidence END) AS negated_count,
       count(DISTINCT CASE WHEN l.hedged THEN l.evidence END) AS hedged_count,
       max(t.belief) AS belief,
       min(d.year) AS first_year, max(d.year) AS last_year,
       l.factor AS factor_id, l.cancer AS cancer_id
FROM factor_in_cancer l
JOIN concept f ON f.id = l.factor
JOIN concept c ON c.id = l.cancer
JOIN triple t ON t.id = l.triple
JOIN document d ON d.id = l.document
GROUP BY l.factor, l.cancer, relation;
CREATE VIEW "review_table" AS -- The table of a review: one row a factor and cancer. Negated evidence makes no cell.
WITH said AS MATERIALIZED (
    SELECT * FROM factor_in_cancer WHERE negated = 0
),
-- How many documents say each thing; a thing of which the opposite is said too keeps both counts.
counted AS (
    SELECT factor, cancer, role, other, sign,
           CASE WHEN sign = 0 THEN predicate END AS unsigned, count(DISTINCT document) AS documents
    FROM said
    WHERE role IN ('function', 'mechanism')
    GROUP BY factor, cancer, role, other, sign, unsigned
),
-- That a factor regulates what it is also said to inhibit adds nothing to the cell.
cell AS MATERIALIZED (
    SELECT * FROM (SELECT *, max(abs(sign)) OVER (PARTITION BY factor, cancer, role, other) AS signed FROM counted)
    WHERE sign <> 0 OR NOT signed
),
worded AS (
    SELECT c.factor, c.cancer, c.role,
           CASE WHEN c.unsigned = 'associated_with' THEN 'is associated with'
                WHEN c.unsigned = 'carried_by' THEN 'is carried by'
                WHEN c.sign = 0 THEN c.unsigned
                WHEN c.role = 'function' THEN iif(c.sign = 1, 'promotes', 'suppresses')
                ELSE iif(c.sign = 1, 'increases', 'inhibits') END AS verb,
           n.name || iif(c.sign <> 0 AND a.documents, printf(' (%d against %d)', c.documents, a.documents), '')
               AS thing
    FROM cell c
    JOIN concept n ON n.id = c.other
    LEFT JOIN cell a ON a.factor = c.factor AND a.cancer = c.cancer AND a.role = c.role
                    AND a.other = c.other AND a.sign = -c.sign
),
-- inhibits EGLN1, EGLN2 and TJP1: a comma before each but the first, an *and* before the last.
placed AS (
    SELECT *, row_number() OVER list AS place,
           count(*) OVER (PARTITION BY factor, cancer, role, verb) AS places
    FROM worded
    WINDOW list AS (PARTITION BY factor, cancer, role, verb ORDER BY thing)
),
phrase AS (
    SELECT DISTINCT factor, cancer, role,
           verb || ' ' || group_concat(
               CASE WHEN place = 1 THEN thing WHEN place = places THEN ' and ' || thing ELSE ', ' || thing END,
               '') OVER (PARTITION BY factor, cancer, role, verb ORDER BY place
                         ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS words
    FROM placed
),
words AS (
    SELECT DISTINCT factor, cancer, role,
           group_concat(words, '; ') OVER (PARTITION BY factor, cancer, role ORDER BY words
                                           ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS words
    FROM phrase
),
-- Hypoxia, or any condition below it, raises or lowers the factor.
response AS (
    SELECT s.factor, s.cancer,
           count(DISTINCT CASE WHEN s.sign = 1 THEN s.document END) AS up,
           count(DISTINCT CASE WHEN s.sign = -1 THEN s.document END) AS down
    FROM said s
    WHERE s.role = 'response'
      AND EXISTS (SELECT 1 FROM concept_ancestor a JOIN concept n ON n.id = a.ancestor
                  WHERE a.concept = s.other AND n.name LIKE '%hypoxi%')
    GROUP BY s.factor, s.cancer
),
-- In which vesicles it was seen: by context, or because a triple says that they carry it.
vesicle AS (
    SELECT factor, cancer,
           CASE WHEN max(name LIKE '%exosom%') THEN 'exosomal'
                WHEN max(name LIKE '%microvesic%') THEN 'microvesicular'
                ELSE 'vesicular' END AS adjective
    FROM (
        SELECT s.factor, s.cancer, n.name
        FROM said s
        JOIN context x ON x.evidence = s.evidence AND x.slot = 'vesicle'
        JOIN concept n ON n.id = x.concept
        UNION
        SELECT s.factor, s.cancer, n.name
        FROM said s JOIN concept n ON n.id = s.other
        WHERE s.role = 'vesicle'
    )
    GROUP BY factor, cancer
),
reference AS (
    SELECT DISTINCT factor, cancer,
           group_concat(coalesce(pmid, document), ', ') OVER (
               PARTITION BY factor, cancer ORDER BY year, document
               ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS pmids
    FROM (SELECT DISTINCT s.factor, s.cancer, s.document, d.pmid, d.year
          FROM said s JOIN document d ON d.id = s.document)
),
row_of AS (
    SELECT s.factor, s.cancer, count(DISTINCT s.evidence) AS evidence_count,
           count(DISTINCT s.document) AS document_count, max(t.rolled_belief) AS belief,
           min(d.year) AS first_year, max(d.year) AS last_year
    FROM said s
    JOIN triple t ON t.id = s.triple
    JOIN document d ON d.id = s.document
    GROUP BY s.factor, s.cancer
)
SELECT iif(v.adjective IS NULL, f.name, v.adjective || ' ' || f.name) AS factor,
       c.name AS cancer,
       CASE WHEN p.up > 0 AND p.down > 0 THEN printf('increased (%d) and decreased (%d)', p.up, p.down)
            WHEN p.up > 0 THEN 'increased'
            WHEN p.down > 0 THEN 'decreased'
            ELSE 'not reported' END AS response_to_hypoxia,
       coalesce(bf.words, '') AS biological_function,
       coalesce(me.words, '') AS mechanism,
       r.evidence_count, r.document_count, r.belief, ref.pmids, r.first_year, r.last_year,
       f.name AS factor_name, f.type AS factor_type, coalesce(v.adjective, '') AS vesicle,
       r.factor AS factor_id, r.cancer AS cancer_id
FROM row_of r
JOIN concept f ON f.id = r.factor
JOIN concept c ON c.id = r.cancer
JOIN reference ref ON ref.factor = r.factor AND ref.cancer = r.cancer
LEFT JOIN vesicle v ON v.factor = r.factor AND v.cancer = r.cancer
LEFT JOIN response p ON p.factor = r.factor AND p.cancer = r.cancer
LEFT JOIN words bf ON bf.factor = r.factor AND bf.cancer = r.cancer AND bf.role = 'function'
LEFT JOIN words me ON me.factor = r.factor AND me.cancer = r.cancer AND me.role = 'mechanism';
CREATE VIEW "changes" AS -- What each run changed: triples that came, went, or have other evidence or another belief, and why.
SELECT c.run_id, r.started,
       CASE WHEN c.old_evidence_count = 0 THEN 'new triple'
            WHEN c.new_evidence_count = 0 THEN 'gone triple'
            WHEN c.new_evidence_count > c.old_evidence_count THEN 'more evidence'
            WHEN c.new_evidence_count < c.old_evidence_count THEN 'less evidence'
            ELSE 'other belief' END AS change,
       coalesce(s.name, g.subject_name) AS subject, coalesce(t.predicate, g.predicate) AS predicate,
       coalesce(t.sign, g.sign) AS sign, coalesce(o.name, g.object_name) AS object,
       c.new_evidence_count - c.old_evidence_count AS evidence_added,
       c.new_document_count - c.old_document_count AS documents_added,
       c.old_belief AS belief_before, c.new_belief AS belief, c.new_evidence_count AS evidence_count,
       (SELECT group_concat(reason, '; ')
        FROM (SELECT DISTINCT k.reason FROM change_cause k
              WHERE k.run_id = c.run_id AND k.triple = c.triple ORDER BY k.reason)) AS reasons,
       c.triple AS triple_id
FROM triple_change c
JOIN run r ON r.id = c.run_id
LEFT JOIN triple t ON t.id = c.triple
LEFT JOIN concept s ON s.id = t.subject
LEFT JOIN concept o ON o.id = t.object
LEFT JOIN gone_triple g ON g.id = c.triple
WHERE (c.old_belief, c.old_evidence_count, c.old_document_count)
   <> (c.new_belief, c.new_evidence_count, c.new_document_count);
INSERT INTO evidence_fts (evidence_fts) VALUES ('rebuild');
PRAGMA application_id = 1835956273;
PRAGMA user_version = 3;
